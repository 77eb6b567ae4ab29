package io.stallguard.instrumentation.okhttp.helpers;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the thread that reads a connection's frames has ended, which an error may make it do
 * before it can tell anybody. For one verdict.
 */
final class FrameReader {
  // It is one of a pool, which nobody holds. But while it reads it is within the connection's
  // reader
  // and has the connection's name. Where two connections have the same name that of the other
  // counts
  // as well: then the verdict stays put off.

  /** The fields with the connection's name: since 4.0, before. */
  private static final String[] NAMES = {"connectionName", "hostname"};

  /** How long an answer counts, as all threads are asked for it. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile boolean ended;
  private volatile long lookedAt = System.nanoTime() - AGAIN_NANOS;

  /**
   * Whether the thread has ended that reads OkHttp's connection of HTTP/2. No if it cannot be told.
   */
  boolean hasEnded(Object connection) {
    long now = System.nanoTime();
    if (now - lookedAt >= AGAIN_NANOS) {
      lookedAt = now;
      ended = isNotRead(connection);
    }
    return ended;
  }

  private static boolean isNotRead(Object connection) {
    Object reader = Insides.value(connection, "readerRunnable");
    String name = name(connection);
    if (reader == null || name == null) {
      return false;
    }
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      if (each.getKey().getName().contains(name)
          && isWithin(each.getValue(), reader.getClass().getName())) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String name(Object connection) {
    for (String field : NAMES) {
      Object name = Insides.value(connection, field);
      if (name instanceof String) {
        return (String) name;
      }
    }
    return null;
  }

  private static boolean isWithin(StackTraceElement[] stack, String type) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(type)) {
        return true;
      }
    }
    return false;
  }
}
