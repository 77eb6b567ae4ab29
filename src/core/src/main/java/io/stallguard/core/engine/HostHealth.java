package io.stallguard.core.engine;

/** Hears what the streams of each host do, to tell an outage from a limit. Watchdog only. */
public interface HostHealth {
  /**
   * A stream stalled at a limit of its own that would be lifted.
   *
   * @param silentNanos length of its silence, up to now
   */
  void stalled(HostLift lift, long silentNanos);

  /**
   * A stream stalled at a limit that is lifted.
   *
   * @param silentNanos length of its silence, up to now
   */
  void ranOut(HostLift lift, long silentNanos);

  /**
   * A stream went on after a silence that was longer than its own limit, which is lifted.
   *
   * @param limitName the limit's name
   * @param limitText the limit with its source, for people
   * @param silentNanos length of the silence
   */
  void wentOn(HostLift lift, String limitName, String limitText, long silentNanos);

  /** How many hosts have their limits lifted. */
  int open();

  /** Time has gone on. */
  void tick();
}
