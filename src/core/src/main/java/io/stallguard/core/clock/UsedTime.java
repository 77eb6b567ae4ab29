package io.stallguard.core.clock;

import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The processor time that this process has used, in nanoseconds; below zero if not known. Watchdog
 * only.
 */
final class UsedTime implements LongSupplier {
  // The JDK has it in java.lang.management too, which would start JMX in apps that never need it.

  private static final long NOT_KNOWN = -1;

  /** The unit in which Linux counts, whatever its own clock: hundredths of a second. */
  private static final long UNIT_NANOS = 10_000_000L;

  /**
   * The words between the name, which is in parentheses and may hold anything, and the time in the
   * app.
   */
  private static final int WORDS_BEFORE = 11;

  private final ProcFile file;
  private @Nullable Handle handle;
  private boolean handleTried;

  UsedTime() {
    this("/proc/self/stat");
  }

  UsedTime(String path) {
    this.file = new ProcFile(path);
  }

  @Override
  public long getAsLong() {
    if (!file.read()) {
      return ofHandle();
    }
    file.skipBehindLast(')');
    file.skipWords(WORDS_BEFORE);
    long inApp = file.next();
    return (inApp + file.next()) * UNIT_NANOS;
  }

  /** Rests: nobody will ask for a while, so nothing is kept open. */
  void rest() {
    file.close();
  }

  @SuppressWarnings("removal")
  private long ofHandle() {
    try {
      if (!handleTried) {
        handleTried = true;
        handle = AccessController.doPrivileged((PrivilegedExceptionAction<Handle>) Handle::new);
      }
      Handle asked = handle;
      return asked == null ? NOT_KNOWN : asked.usedNanos();
    } catch (Throwable t) {
      // JDK 8, no right, no memory.
      return NOT_KNOWN;
    }
  }

  /** What the JDK knows of this process, from 9 on. */
  private static final class Handle {
    private final Object process;
    private final Method info;
    private final Method duration;

    Handle() throws ReflectiveOperationException {
      Class<?> type = Class.forName("java.lang.ProcessHandle");
      process = Objects.requireNonNull(type.getMethod("current").invoke(null));
      info = type.getMethod("info");
      duration = Class.forName("java.lang.ProcessHandle$Info").getMethod("totalCpuDuration");
    }

    long usedNanos() throws ReflectiveOperationException {
      Object used = duration.invoke(info.invoke(process));
      return used instanceof Optional && ((Optional<?>) used).isPresent()
          ? ((Duration) ((Optional<?>) used).get()).toNanos()
          : NOT_KNOWN;
    }
  }
}
