package io.stallguard.core.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stack of the thread that waited, for the report of one stall. Any thread. */
final class WaiterStack {
  // To ask another thread for its stack has all threads of the JVM stand still for it (up to JDK
  // 20), and where cores are busy it takes long until they do: 0.3 to 0.8 s of each release beside
  // 20 busy threads on two cores. So who is released takes its own stack along. The other way is
  // left for who is not free when the report is written.

  private static final StackTraceElement[] NONE = {};

  private final @Nullable Thread waiter;
  private volatile boolean wanted;
  private volatile @Nullable Throwable taken;

  WaiterStack(@Nullable Thread waiter) {
    this.waiter = waiter;
  }

  /** Notes that a stack is wanted. Watchdog only. */
  void want() {
    wanted = true;
  }

  /**
   * Takes the stack of the calling thread, which is free: if it is the one that waited, this is
   * where it did.
   */
  void take() {
    if (wanted && Thread.currentThread() == waiter) {
      try {
        taken = new Throwable("where it waited");
      } catch (OutOfMemoryError e) {
        // The report has none, then.
      }
    }
  }

  /**
   * The stack as it was taken, or as it is now.
   *
   * @param free whether the thread does something else by now
   */
  StackTraceElement[] frames(boolean free) {
    StackTraceElement[] asked = taken == null && !free ? ask() : NONE;
    Throwable own = taken;
    return own == null ? asked : ofApp(own.getStackTrace());
  }

  private StackTraceElement[] ask() {
    Thread asked = waiter;
    try {
      return wanted && asked != null ? asked.getStackTrace() : NONE;
    } catch (OutOfMemoryError e) {
      return NONE;
    }
  }

  /** The stack without the frames in which the thread was told that it is free. */
  private static StackTraceElement[] ofApp(StackTraceElement[] frames) {
    int ours = 0;
    while (ours < frames.length && isOurs(frames[ours].getClassName())) {
      ours++;
    }
    return Arrays.copyOfRange(frames, ours, frames.length);
  }

  private static boolean isOurs(String type) {
    return type.equals(WaiterStack.class.getName())
        || type.equals(Incident.class.getName())
        || type.equals(Guard.class.getName())
        || type.equals(DecidedEnd.class.getName());
  }
}
