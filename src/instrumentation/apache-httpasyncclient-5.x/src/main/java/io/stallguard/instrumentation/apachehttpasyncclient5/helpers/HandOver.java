package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import org.jspecify.annotations.Nullable;

/**
 * Whether the consumer that takes a response head hands the body over to a reader or subscriber of
 * its own. Of the thread that brings the head.
 */
final class HandOver {
  // A thread may start an exchange within another one's signal, but it brings no head there: one
  // flag is enough.

  private static final ThreadLocal<@Nullable HandOver> TAKING = new ThreadLocal<>();

  private boolean seen;

  private HandOver() {}

  /** The handler is about to take the head. */
  static HandOver begin() {
    HandOver taking = new HandOver();
    TAKING.set(taking);
    return taking;
  }

  /** The consumer that takes the head right now is such a one. */
  static void note() {
    HandOver taking = TAKING.get();
    if (taking != null) {
      taking.seen = true;
    }
  }

  /** The handler is back. */
  boolean end() {
    TAKING.remove();
    return seen;
  }
}
