package io.stallguard.core;

/** An event silence that mode observe has reported. Immutable. */
final class ReportedSilence {
  // Bytes may come all the while, so the guard's word does not tell. What the watchdog noted is
  // compared with the count of events by the thread that brings one.

  private final long eventsBefore;
  private final long sinceNanos;

  /** Watchdog only. */
  ReportedSilence(Events events) {
    this.eventsBefore = events.progress();
    this.sinceNanos = events.sinceNanos();
  }

  /**
   * Whether it is over.
   *
   * @param finished whether the stream is, and its silence with it
   */
  boolean isOver(Events events, boolean finished) {
    return finished || events.progress() != eventsBefore;
  }

  /** Running time at which it began. */
  long sinceNanos() {
    return sinceNanos;
  }
}
