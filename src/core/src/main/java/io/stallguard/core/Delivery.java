package io.stallguard.core;

/** The deliveries to one stream whose client delivers it together with others. Any thread. */
final class Delivery {
  private static final long NONE = Limit.OFF_NANOS;

  private final Lane lane;
  private final long allowanceNanos;
  private volatile long sinceNanos = NONE;

  Delivery(Lane lane, StreamEntry stream, long allowanceNanos) {
    this.lane = lane;
    this.allowanceNanos = allowanceNanos;
    lane.add(stream);
  }

  /** The stream is over. */
  void over(StreamEntry stream) {
    lane.remove(stream);
  }

  /** A consumer begins to be busy with what it is brought. */
  static void begins(Guard guard) {
    Delivery delivery = guard.delivery();
    if (delivery != null) {
      delivery.sinceNanos = guard.now();
    }
  }

  /** The consumer has taken it. */
  static void ends(Guard guard) {
    Delivery delivery = guard.delivery();
    if (delivery != null) {
      delivery.ends(guard.now());
    }
  }

  private void ends(long nowNanos) {
    if (isHoldingUp(nowNanos)) {
      lane.held(nowNanos);
    }
    sinceNanos = NONE;
  }

  /**
   * Whether the delivery that is going on takes so long that it matters. One that is short but
   * meets a tick seems to have taken the whole step of the clock.
   */
  boolean isHoldingUp(long nowNanos) {
    return nowNanos - sinceNanos > allowanceNanos;
  }

  /** The running time until which a sibling kept the client from bringing us anything. */
  long heldUntilNanos(long nowNanos) {
    return lane.heldUntilNanos(nowNanos);
  }
}
