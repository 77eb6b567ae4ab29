package io.stallguard.core;

/** The event silence of one stream that mode observe has reported, while it lasts. */
final class ReportedSilence {
  // Bytes may come all the while, so the guard's word does not tell. What the watchdog noted is
  // compared with the count of silences by the thread that ends one.

  private static final long NONE = -1;

  /** Written before the count. */
  private long sinceNanos;

  private volatile long silence = NONE;

  /** The silence that lasts has been reported. Watchdog only. */
  void begins(Events events) {
    sinceNanos = events.sinceNanos();
    silence = events.silences();
  }

  /** No silence is reported, or may be reported again. */
  void forget() {
    silence = NONE;
  }

  /** Whether the event silence that lasts has been reported. */
  boolean lasts(Events events) {
    return silence == events.silences();
  }

  /**
   * If a reported silence is over, because of an event or the end, that is told.
   *
   * @param finished whether the stream is over, and its silence with it
   */
  void tellIfOver(Guard guard, Notices notices, boolean finished) {
    if (silence != NONE && (finished || !lasts(guard.events()))) {
      silence = NONE;
      notices.resumed(guard, sinceNanos, guard.now());
    }
  }
}
