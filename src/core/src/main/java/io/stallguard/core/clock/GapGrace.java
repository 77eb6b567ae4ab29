package io.stallguard.core.clock;

/**
 * The two ticks after a gap of the watchdog in which no stream is judged, so that readers can take
 * what waits. Not to be taken for the grace after a terminal event, which is a limit. Watchdog
 * only.
 */
final class GapGrace {
  // Counted in ticks. A gap that follows gives no more grace, so gaps in a row cannot put a verdict
  // off for ever; and if the JVM ran in it, only late, readers had at least the two ticks in it.
  // Where processor time is short each tick comes so late: there the looks at the wire, which have
  // two ticks between them, are begun at once.

  private static final int TICKS = 2;

  private int left;

  /** Whether the JVM is known to have run in the gap that began the grace, only late. */
  private boolean ran;

  /**
   * Notes that the clock has gone on.
   *
   * @param gap whether that was so late that readers may be as well
   * @param stoodStill whether they could not run meanwhile
   * @param runs whether they are known to have run, or to have waited for a core
   */
  void tick(boolean gap, boolean stoodStill, boolean runs) {
    if (left > 0) {
      left -= gap && !stoodStill ? left : 1;
    } else if (gap) {
      left = TICKS;
      ran = runs;
    }
    ran &= !stoodStill;
  }

  boolean isOver() {
    return left == 0;
  }

  /** Whether wires may be asked: looks tell what readers have still to take. */
  boolean isOverForLooks() {
    return left == 0 || ran;
  }
}
