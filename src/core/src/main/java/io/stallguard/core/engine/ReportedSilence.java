package io.stallguard.core.engine;

import io.stallguard.core.words.SilenceEnd;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The event silence of one stream that mode observe has reported, while it lasts. Any thread,
 * unless the method says which.
 */
final class ReportedSilence {
  // Bytes may come all the while, so the guard's word does not tell. What the watchdog noted is
  // compared with the count of silences by the thread that ends one.

  private static final long NONE = -1;

  /**
   * Who waits no more, by a timeout of the client's own, and does not come back within that time
   * has left the stream, closed or not. Readers that poll come back in far less.
   */
  static final long LEFT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** When the silence began. Written before the count. */
  private long since;

  private volatile long silence = NONE;

  /** Whether a silence was told as given up while the stream was open. */
  private volatile boolean left;

  /**
   * Notes that the silence that lasts has been reported. Who decides only.
   *
   * @param lasts whether nothing has ended it meanwhile; else it is forgotten
   */
  boolean begins(Events events, BooleanSupplier lasts) {
    since = events.since();
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

  /**
   * If a reported silence is over because of an event, that is told. The thread that delivers the
   * bytes.
   */
  void tellIfOver(Guard guard, Notices notices) {
    if (silence != NONE && !lasts(guard.events())) {
      tell(guard, notices, guard.now(), SilenceEnd.RESUMED);
    }
  }

  /** Tells of a reported silence in which nobody has waited for long any more. Watchdog only. */
  void tellIfLeft(Guard guard, long word) {
    if (!GuardWord.isPaused(word) || guard.pauseNanos(word) < LEFT_NANOS) {
      return;
    }
    long until = guard.now() - guard.pauseNanos(word);
    if (GuardWord.isReported(word) && guard.move(word, GuardWord.IDLE)) {
      left = true;
      long since = GuardWord.sinceOf(word);
      guard.notices().silenceEnded(guard, since, until, SilenceEnd.GIVEN_UP);
    }
    if (lasts(guard.events())) {
      left = true;
      tell(guard, guard.notices(), until, SilenceEnd.GIVEN_UP);
    }
  }

  /** Tells that the stream is over, and a silence with it; false if none has lasted until then. */
  boolean isOver(Guard guard, Notices notices, SilenceEnd how) {
    boolean lasted = silence != NONE;
    if (lasted) {
      tell(guard, notices, guard.now(), how);
    }
    return lasted || left;
  }

  private void tell(Guard guard, Notices notices, long until, SilenceEnd how) {
    silence = NONE;
    notices.silenceEnded(guard, since, until, how);
  }
}
