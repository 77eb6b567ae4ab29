package io.stallguard.core.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The streams that a client delivers together: while one consumer is busy with what it was brought,
 * guarded or not, the others may not be brought anything.
 *
 * <p>The JDK's client, for one, runs the subscribers of all streams of an HTTP/2 connection on the
 * thread that reads it. So no stream is judged while its lane is held up, nor before what waited
 * meanwhile has had its time. Any thread, unless the method says the watchdog.
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

  /** The place of consumers that have none of their own. */
  private static final int CROWD = PLACES;

  /**
   * Marks a place as free: later than any time, so that nobody seems to have been there for long.
   */
  private static final long FREE = Long.MAX_VALUE;

  /**
   * The length of a short delivery. What waits behind a short one is little, and is brought in a
   * part of its length; behind a longer one a window may have been used up, and the server is to
   * have as long as that took.
   */
  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int PART_OF_SHORT = 4;

  private static final AtomicLongFieldUpdater<Lane> LIVED =
      AtomicLongFieldUpdater.newUpdater(Lane.class, "livedAt");

  private final AtomicLongArray busySince = new AtomicLongArray(PLACES);
  private final AtomicInteger crowd = new AtomicInteger();

  // Of the last delivery that took so long that it matters, or one before that needs more time yet.
  private volatile long heldFrom;
  private volatile long heldUntil;
  private volatile long settlingNanos;

  /** When a guarded stream of the lane last had its head, or bytes. */
  private volatile long livedAt;

  /** A lane without streams. */
  public Lane() {
    for (int i = 0; i < PLACES; i++) {
      busySince.set(i, FREE);
    }
  }

  /** A guarded stream of this lane has had its head, or bytes. Any thread. */
  void lived(long now) {
    LIVED.lazySet(this, now);
  }

  /** For how long no guarded stream of the lane has had a byte. */
  long silentNanos(long now) {
    return now - livedAt;
  }

  /**
   * A consumer begins to be busy. Any thread.
   *
   * @return the consumer's place, for {@link #leave}
   */
  int enter(long now) {
    for (int i = 0; i < PLACES; i++) {
      if (busySince.get(i) == FREE && busySince.compareAndSet(i, FREE, now)) {
        return i;
      }
    }
    crowd.incrementAndGet();
    return CROWD;
  }

  /**
   * A consumer is no longer busy.
   *
   * @param forLong whether it was for so long that it matters
   */
  void leave(int place, boolean forLong, long since, long now) {
    if (forLong) {
      held(since, now);
    }
    // Only now: who finds the place free is to find the time above.
    if (place == CROWD) {
      crowd.decrementAndGet();
    } else {
      busySince.lazySet(place, FREE);
    }
  }

  private synchronized void held(long since, long now) {
    long busy = now - since;
    long settling = busy <= SHORT_NANOS ? busy / PART_OF_SHORT : busy;
    if (now + settling >= heldUntil + settlingNanos) {
      heldFrom = since;
      settlingNanos = settling;
      heldUntil = now;
    }
  }

  /**
   * Whether some consumer has kept the lane until now. Watchdog only.
   *
   * @param allowanceNanos what a delivery may take before it matters: one that is short but meets a
   *     tick seems to have taken the whole step of the clock
   */
  boolean isConsumerBusy(long now, long allowanceNanos) {
    if (crowd.get() > 0) {
      return true;
    }
    for (int i = 0; i < PLACES; i++) {
      if (now - busySince.get(i) > allowanceNanos) {
        return true;
      }
    }
    return false;
  }

  /**
   * Running time at which a delivery last ceased to hold the lane up, of those that still matter; 0
   * if none does.
   */
  long heldUntil() {
    return heldUntil;
  }

  /** For how long after {@link #heldUntil} no stream is judged yet; the limit at the most. */
  long settlingNanos(long limitNanos) {
    return Math.min(settlingNanos, limitNanos);
  }

  /** For how long since this running time that delivery has held the lane up. */
  long heldNanos(long since) {
    return Math.max(0, heldUntil - Math.max(heldFrom, since));
  }
}
