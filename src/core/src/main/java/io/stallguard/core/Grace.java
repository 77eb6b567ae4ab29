package io.stallguard.core;

/** The time after a gap in which readers may take what waits before anyone is judged. */
final class Grace {
  // Counted in ticks. A gap that follows gives no more grace, so gaps in a row cannot put a verdict
  // off for ever; and if the JVM ran in it, only late, readers had at least the two ticks in it.

  private static final int TICKS = 2;

  private int left;

  /**
   * The clock has gone on.
   *
   * @param gap whether that was so late that readers may be as well
   * @param stoodStill whether they could not run meanwhile
   */
  void tick(boolean gap, boolean stoodStill) {
    if (left > 0) {
      left -= gap && !stoodStill ? left : 1;
    } else if (gap) {
      left = TICKS;
    }
  }

  boolean isOver() {
    return left == 0;
  }
}
