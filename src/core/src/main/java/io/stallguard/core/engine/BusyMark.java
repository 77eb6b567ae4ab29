package io.stallguard.core.engine;

/**
 * Shows a lane when one of its consumers is busy with a signal. The threads that bring that
 * consumer its signals, one after another.
 */
public final class BusyMark {
  // Two volatile writes a signal, one of them ordered only. The fields are plain because the
  // signals of a consumer come one after another, whatever threads bring them.

  private static final int NOWHERE = -1;

  private final Lane lane;
  private final Watchdog watchdog;
  private int place = NOWHERE;
  private long since;

  public BusyMark(Lane lane, Watchdog watchdog) {
    this.lane = lane;
    this.watchdog = watchdog;
  }

  /** The consumer is about to get a signal; within another one this says nothing. */
  public void begins() {
    if (place == NOWHERE) {
      since = watchdog.clock().now();
      place = lane.enter(since);
    }
  }

  /** The consumer has taken the signal; says nothing if none has begun. */
  public void ends() {
    int left = place;
    if (left != NOWHERE) {
      place = NOWHERE;
      long now = watchdog.clock().now();
      lane.leave(left, now - since > watchdog.stepNanos(), since, now);
    }
  }
}
