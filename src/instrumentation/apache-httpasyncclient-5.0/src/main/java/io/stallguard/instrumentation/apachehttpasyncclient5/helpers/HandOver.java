package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.CoroutineJob;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer that takes a response head does with the body: hands it over to a reader or
 * subscriber of its own, or keeps it. Of the thread that brings the head.
 */
final class HandOver {
  // A thread may start an exchange within another one's signal, but it brings no head there: one
  // at a time is enough.

  private static final ThreadLocal<@Nullable HandOver> TAKING = new ThreadLocal<>();

  private final GuardedBody body;
  private boolean blind;

  private HandOver(GuardedBody body) {
    this.body = body;
  }

  /** The handler is about to take the head. */
  static HandOver begin(GuardedBody body) {
    HandOver taking = new HandOver(body);
    TAKING.set(taking);
    return taking;
  }

  /** The consumer that takes the head right now hands over to somebody who cannot be seen. */
  static void toReader() {
    HandOver taking = TAKING.get();
    if (taking != null) {
      taking.blind = true;
    }
  }

  /** The consumer that takes the head right now works for a coroutine. */
  static void toCoroutine(CoroutineJob coroutine) {
    HandOver taking = TAKING.get();
    if (taking != null) {
      taking.body.readBy(coroutine);
    }
  }

  /** The consumer that takes the head right now hands over to whoever subscribes to this. */
  static void toSubscriberOf(Object publisher) {
    HandOver taking = TAKING.get();
    if (taking != null) {
      taking.body.publishedBy(publisher);
    }
  }

  /** The consumer that takes the head right now keeps all of the body until the end. */
  static void toCollector() {
    HandOver taking = TAKING.get();
    if (taking != null) {
      taking.body.collected();
    }
  }

  /**
   * The handler is back.
   *
   * @return whether the body cannot be guarded
   */
  boolean end() {
    TAKING.remove();
    return blind;
  }
}
