package io.stallguard.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The streams that a client delivers together: while one consumer is busy with what it was brought,
 * the others may not be brought anything, whether that one is guarded or not.
 *
 * <p>The JDK's client, for one, runs the subscribers of all streams of an HTTP/2 connection on the
 * thread that reads it. Time for which a lane was held up is not silence of the server.
 */
public final class Lane {
  // A lane knows nothing of its streams, only since when each consumer has been busy that is busy
  // right now, so its size and a look at it do not depend on how many streams there are. Mostly a
  // single thread delivers, and then only the first place is ever used. It is not the only one: the
  // JDK hands a stream that was asked for more to the client's executor. Where several consumers
  // are busy at once a mere count of them may never be zero although each is quick, so each has a
  // place for the time at which it began. For more than there are places there is a count after
  // all, which errs on the late side.

  /** Far more than threads that deliver on one connection at once. */
  private static final int PLACES = 16;

  /** The place of those who have none of their own. */
  private static final int CROWD = PLACES;

  /** Later than any time, so that nobody has been here for long. */
  private static final long FREE = Long.MAX_VALUE;

  private static final AtomicLongFieldUpdater<Lane> LIVED =
      AtomicLongFieldUpdater.newUpdater(Lane.class, "livedNanos");

  private final AtomicLongArray busySince = new AtomicLongArray(PLACES);
  private final AtomicInteger crowd = new AtomicInteger();
  private volatile long heldUntilNanos;

  /** When a guarded stream of it had its head, or bytes, last. */
  private volatile long livedNanos;

  /** A lane without streams. */
  public Lane() {
    for (int i = 0; i < PLACES; i++) {
      busySince.set(i, FREE);
    }
  }

  /** One of its streams has had its head, or bytes. Any thread. */
  void lived(long nowNanos) {
    LIVED.lazySet(this, nowNanos);
  }

  /** For how long none of its guarded streams has had a byte. */
  long silentNanos(long nowNanos) {
    return nowNanos - livedNanos;
  }

  /**
   * A consumer begins to be busy. Any thread.
   *
   * @return its place, for {@link #leave}
   */
  int enter(long nowNanos) {
    for (int i = 0; i < PLACES; i++) {
      if (busySince.get(i) == FREE && busySince.compareAndSet(i, FREE, nowNanos)) {
        return i;
      }
    }
    crowd.incrementAndGet();
    return CROWD;
  }

  /** A consumer is no longer busy, and if it was for so long that it matters the lane was held. */
  void leave(int place, boolean forLong, long nowNanos) {
    if (forLong) {
      heldUntilNanos = nowNanos;
    }
    // Only now: who finds the place free is to find the time above.
    if (place == CROWD) {
      crowd.decrementAndGet();
    } else {
      busySince.lazySet(place, FREE);
    }
  }

  /**
   * The running time until which the lane was held up; this one if it still is. Watchdog only.
   *
   * @param allowanceNanos what a delivery may take before it matters: one that is short but meets a
   *     tick seems to have taken the whole step of the clock
   */
  long heldUntilNanos(long nowNanos, long allowanceNanos) {
    if (crowd.get() > 0) {
      return nowNanos;
    }
    for (int i = 0; i < PLACES; i++) {
      if (nowNanos - busySince.get(i) > allowanceNanos) {
        return nowNanos;
      }
    }
    return heldUntilNanos;
  }
}
