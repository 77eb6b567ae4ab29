package io.stallguard.core;

import io.stallguard.core.words.SilenceEnd;
import java.util.function.BooleanSupplier;

/** The event silence of one stream that mode observe has reported, while it lasts. */
final class ReportedSilence {
  // Bytes may come all the while, so the guard's word does not tell. What the watchdog noted is
  // compared with the count of silences by the thread that ends one.

  private static final long NONE = -1;

  /** When the silence began. Written before the count. */
  private long sinceNanos;

  private volatile long silence = NONE;

  /**
   * Notes that the silence that lasts has been reported. Watchdog only.
   *
   * @param lasts whether nothing has ended it meanwhile; else it is forgotten
   */
  boolean begins(Events events, BooleanSupplier lasts) {
    sinceNanos = events.sinceNanos();
    silence = events.silences();
    boolean lasted = lasts.getAsBoolean();
    if (!lasted) {
      forget();
    }
    return lasted;
  }

  /** Forgets the report: no silence is reported, or it may be reported again. */
  void forget() {
    silence = NONE;
  }

  /** Whether the event silence that lasts has been reported. */
  boolean lasts(Events events) {
    return silence == events.silences();
  }

  /** If a reported silence is over because of an event, that is told. */
  void tellIfOver(Guard guard, Notices notices) {
    if (silence != NONE && !lasts(guard.events())) {
      tell(guard, notices, SilenceEnd.RESUMED);
    }
  }

  /** Tells that the stream is over, and with it a reported silence; false if there is none. */
  boolean isOver(Guard guard, Notices notices, SilenceEnd how) {
    boolean lasted = silence != NONE;
    if (lasted) {
      tell(guard, notices, how);
    }
    return lasted;
  }

  private void tell(Guard guard, Notices notices, SilenceEnd how) {
    silence = NONE;
    notices.silenceEnded(guard, sinceNanos, guard.now(), how);
  }
}
