package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.stallguard.testapp.ChaosVerdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the server did with what the app saw.
 *
 * <p>A silence begins at the server's last flush: it cannot begin before the transport was given
 * the bytes, which is where <em>early</em> counts from, and it has begun once the transport had
 * taken them and nothing held up the reader, which is where lateness counts from. Both JVMs have
 * one clock: {@link System#nanoTime()} of one machine.
 */
final class ChaosJudge {
  static final long LIMIT = MILLISECONDS.toNanos(Fleet.LIMIT_MILLIS);

  /**
   * A verdict that was put off is looked at again after a limit; the rest is for a busy machine.
   */
  static final long BOUND = 2 * LIMIT + MILLISECONDS.toNanos(5_000);

  /** A signal takes effect a little later than it is sent, and a tick is coarse. */
  private static final long SIGNAL = MILLISECONDS.toNanos(300);

  private static final String OURS = " limit of 3 s exceeded";

  private final ChaosHolds holds;

  ChaosJudge(ChaosHolds holds) {
    this.holds = holds;
  }

  /**
   * Judges a stream that has ended, or should have.
   *
   * @param served null if the server has seen none
   * @param outcome null if it has not ended
   * @param releasedNanos when the reader or callback went on, 0 if it has not
   */
  ChaosVerdict judge(
      ChaosStream stream,
      @Nullable ChaosServed served,
      @Nullable Outcome outcome,
      long releasedNanos) {
    if (served == null || !served.begun()) {
      return ChaosVerdict.of(stream, Kind.NOT_BEGUN, shown(outcome));
    }
    String seen = shown(outcome) + "; server " + served.shown();
    if (outcome == null) {
      return ChaosVerdict.of(stream, stream.dies() ? Kind.MISSED : Kind.FALSE, seen);
    }
    // One that dies was healthy before: until all that it has to send was sent.
    boolean dead = stream.dies() && served.bytes() >= stream.bodyBytes();
    Kind kind = dead ? dead(stream, outcome) : healthy(stream, served, outcome);
    return kind == Kind.RELEASED
        ? timed(stream, served, releasedNanos)
        : ChaosVerdict.of(stream, kind, kind == Kind.WHOLE ? "" : seen);
  }

  private static Kind healthy(ChaosStream stream, ChaosServed served, Outcome outcome) {
    if (outcome.ended() && !stream.dies()) {
      return isComplete(stream, outcome) ? Kind.WHOLE : Kind.BYTES;
    }
    return stream.guarded() && served.late() ? Kind.SERVER_LATE : Kind.FALSE;
  }

  private static Kind dead(ChaosStream stream, Outcome outcome) {
    boolean ours = outcome.ending().contains(OURS);
    if ((ours || outcome.ended()) && !isComplete(stream, outcome)) {
      return Kind.BYTES;
    }
    return (stream.endsAfterDone() ? outcome.ended() : ours) ? Kind.RELEASED : Kind.ODD;
  }

  private static boolean isComplete(ChaosStream stream, Outcome outcome) {
    return outcome.sha256().equals(stream.expected(outcome.ended()));
  }

  private ChaosVerdict timed(ChaosStream stream, ChaosServed served, long releasedNanos) {
    long sinceNanos = Math.max(served.lastBegunNanos(), holds.endNanos(stream.id()));
    long silent = releasedNanos - sinceNanos;
    long seen = silent - holds.stoppedNanos(sinceNanos, releasedNanos);
    long last = served.lastNanos();
    long until = holds.untilNanos(stream.keys(), last, BOUND, releasedNanos);
    boolean heldUp = until != last;
    long late = Math.max(0, releasedNanos - (heldUp ? until : last + LIMIT));
    boolean early = silent < LIMIT || seen < LIMIT - SIGNAL;
    Kind kind = early ? Kind.EARLY : releasedNanos - until > BOUND ? Kind.MISSED : Kind.RELEASED;
    String text =
        "silent for %d ms, %d of them while it ran"
            .formatted(NANOSECONDS.toMillis(silent), NANOSECONDS.toMillis(seen));
    return new ChaosVerdict(stream, kind, late, heldUp, text);
  }

  /** Without addresses: where the id of the stream is known, they say nothing more. */
  private static String shown(@Nullable Outcome outcome) {
    return outcome == null
        ? "no end"
        : "got %d bytes, then silence for %d ms, %s"
            .formatted(
                outcome.bytes(),
                outcome.silentMillis(),
                outcome.ending().replaceFirst("; (?:GET|POST) http.*", ""));
  }
}
