package io.stallguard.core.household;

/** When a breaker opens, and for how long at most. Immutable. */
public final class BreakerSettings {
  private static final int WHOLE = 100;

  private final int share;
  private final int streams;
  private final long windowNanos;
  private final long pauseNanos;

  /**
   * Takes what an operator set.
   *
   * @param share percents of a host's streams that must stall for more than one host's bad luck;
   *     100 for never
   * @param streams fewer of them show nothing
   * @param windowNanos the time in which they count
   * @param pauseNanos for how long it stays open at most
   */
  public BreakerSettings(int share, int streams, long windowNanos, long pauseNanos) {
    this.share = share;
    this.streams = streams;
    this.windowNanos = windowNanos;
    this.pauseNanos = pauseNanos;
  }

  boolean isOff() {
    return share >= WHOLE;
  }

  int share() {
    return share;
  }

  long windowNanos() {
    return windowNanos;
  }

  long pauseNanos() {
    return pauseNanos;
  }

  /** Whether so many of so many are an outage, or streams under a limit that is too short. */
  boolean areMost(long stalls, long all) {
    return !isOff() && all >= streams && isAboveShare(stalls, all);
  }

  boolean isAboveShare(long stalls, long all) {
    return stalls * WHOLE > all * share;
  }
}
