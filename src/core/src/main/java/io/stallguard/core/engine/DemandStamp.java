package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;

/**
 * The begin of a silence, moved on by each span in which nobody waited: the time since this stamp
 * is the silence under demand. Written by the thread that delivers the bytes and by the reader, and
 * read by the watchdog, as {@link Events} is.
 */
final class DemandStamp {
  // A pause that no tick fell into is not seen, and moves nothing; one that is seen may have been a
  // step of the clock longer than it looks, so it moves the stamp by that much more. So the sum is
  // never early, and late only after consumers that hold back. Where the clock stood longer than
  // that step just when demand began anew, the rest of its late tick is added when it is known: by
  // who judges, or before the stamp is moved once more.

  private long nanos;

  /** The clock when demand last began anew, or when silence began if that was later. */
  private long movedNanos;

  DemandStamp(long now) {
    begins(now);
  }

  /** Silence begins. */
  void begins(long now) {
    nanos = now;
    movedNanos = now;
  }

  /**
   * Demand begins after a pause. What began within the pause counts from now.
   *
   * @param stepNanos by how much the clock may lag
   */
  void movesOn(RunningClock clock, long pauseNanos, long now, long stepNanos) {
    nanos = Math.min(now + stepNanos, latestAt(clock) + pauseNanos);
    movedNanos = now;
  }

  /** Running time from which the silence counts, for a stream that is awaited. */
  long nanos() {
    return nanos;
  }

  /** The latest time that {@link #nanos} may stand for, once a late tick is added to it. */
  long latestAt(RunningClock clock) {
    return nanos + clock.latestAt(movedNanos) - movedNanos;
  }
}
