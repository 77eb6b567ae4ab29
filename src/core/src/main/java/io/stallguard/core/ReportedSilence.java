package io.stallguard.core;

/** An event silence that mode observe has reported, until it is over. */
final class ReportedSilence {
  // Bytes may come all the while, so the guard's word does not tell. What the watchdog noted is
  // compared with the count of events by the thread that brings one.

  /** Written by the watchdog before the flag. */
  private long eventsBefore;

  private long sinceNanos;
  private volatile boolean reported;

  /** Watchdog only. */
  void report(Events events) {
    eventsBefore = events.progress();
    sinceNanos = events.sinceNanos();
    reported = true;
  }

  /** Whether the silence that was reported goes on. Watchdog only. */
  boolean lasts(Events events) {
    return reported && events.progress() == eventsBefore;
  }

  /**
   * The length of a reported silence that is over, in nanoseconds; 0 if there is none. Once.
   *
   * @param finished whether the stream is over, and its silence with it
   */
  long over(Events events, boolean finished, long nowNanos) {
    if (!reported || (events.progress() == eventsBefore && !finished)) {
      return 0;
    }
    reported = false;
    return Math.max(1, nowNanos - sinceNanos);
  }
}
