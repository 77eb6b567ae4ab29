package io.stallguard.core;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams that a client delivers together: while one consumer is busy with what it was brought,
 * the others may not be brought anything.
 *
 * <p>The JDK's client, for one, runs the subscribers of all streams of an HTTP/2 connection on the
 * thread that reads it. Time for which a lane was held up is not silence of the server.
 */
public final class Lane {
  // A delivery costs its stream two volatile writes. Who holds up whom is worked out only when the
  // watchdog looks at a stream that waits: then all streams of its lane are looked at.

  private final Set<StreamEntry> streams = ConcurrentHashMap.newKeySet();
  private volatile long heldUntilNanos;

  void add(StreamEntry stream) {
    streams.add(stream);
  }

  void remove(StreamEntry stream) {
    streams.remove(stream);
  }

  /** A delivery that held the lane up has ended. */
  void held(long nowNanos) {
    heldUntilNanos = nowNanos;
  }

  /** The running time until which the lane was held up; this one if it still is. Watchdog only. */
  long heldUntilNanos(long nowNanos) {
    for (Iterator<StreamEntry> i = streams.iterator(); i.hasNext(); ) {
      Guard guard = i.next().get();
      if (guard == null) {
        i.remove();
      } else if (isHoldingUp(guard, nowNanos)) {
        return nowNanos;
      }
    }
    return heldUntilNanos;
  }

  private static boolean isHoldingUp(Guard guard, long nowNanos) {
    Delivery delivery = guard.delivery();
    return delivery != null && delivery.isHoldingUp(nowNanos);
  }
}
