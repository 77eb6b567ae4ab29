package io.stallguard.core.household;

import io.stallguard.core.settings.Choices;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.words.Limit;

/** When a breaker opens, and for how long at most. Immutable. */
public final class BreakerSettings {
  private static final int WHOLE = 100;

  private final int share;
  private final int streams;
  private final long windowNanos;
  private final long pauseNanos;

  /**
   * A breaker's settings.
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

  /** Takes what an operator set. */
  public static BreakerSettings of(Choices choices) {
    Long pause = choices.value(Setting.BREAKER_PAUSE);
    return new BreakerSettings(
        choices.<Integer>value(Setting.BREAKER_SHARE),
        choices.<Integer>value(Setting.BREAKER_STREAMS),
        choices.<Long>value(Setting.BREAKER_WINDOW),
        pause >= Limit.OFF_NANOS ? Long.MAX_VALUE : pause);
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
