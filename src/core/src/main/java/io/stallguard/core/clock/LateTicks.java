package io.stallguard.core.clock;

/**
 * The ticks that came late: says by how much a stamp taken before one of them may be too old. One
 * thread adds, any thread may ask.
 */
public final class LateTicks extends Stretches {
  // Without this a verdict would come early by the length of a late tick: a reader that begins to
  // wait just before the clock goes on from 0 s to 5 s has a stamp that looks 5 s old. The number
  // of a stretch is its longest tick, so a stamp in one that was made of many may seem to be later
  // than it was, and its verdict is late by one such tick at most.

  /**
   * How many late ticks are kept: ten seconds of nothing but late ticks, tick by tick; far more,
   * less exactly.
   */
  private static final int MOST = 1024;

  private volatile long longestNanos;

  /** Makes a memory for a clock that has had no late tick. */
  public LateTicks() {
    this(MOST);
  }

  LateTicks(int most) {
    super(most);
  }

  /**
   * Notes that the clock is about to go on from one value to another that is later than it should
   * be.
   */
  public void add(long before, long after) {
    long nanos = after - before;
    longestNanos = Math.max(longestNanos, nanos);
    append(before, nanos);
  }

  /**
   * The latest time at which something may have happened that was stamped with this value of the
   * clock, an ordinary tick aside. The value itself if it was followed by no late tick.
   */
  public long latestAt(long stamp) {
    return ask(stamp, stamp);
  }

  @Override
  long joined(long earlier, long later) {
    return Math.max(earlier, later);
  }

  @Override
  long answer(long stamp) {
    int index = indexOf(stamp);
    return index >= 0 && stamp <= last(index) ? stamp + number(index) : stamp;
  }

  @Override
  long unsure(long stamp) {
    return stamp + longestNanos;
  }
}
