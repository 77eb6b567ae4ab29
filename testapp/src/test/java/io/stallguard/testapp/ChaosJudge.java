package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.stallguard.testapp.ChaosVerdict.Kind;
import io.stallguard.testing.server.Exchange;
import java.util.List;
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

  /** What is between a server that is about to send and one that has. */
  private static final long SENDING = MILLISECONDS.toNanos(150);

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
   * @param exchange null if the server has seen none
   * @param outcome null if it has not ended
   * @param releasedNanos when the reader or callback went on, 0 if it has not
   */
  ChaosVerdict judge(
      ChaosStream stream,
      @Nullable Exchange exchange,
      @Nullable Outcome outcome,
      long releasedNanos) {
    if (exchange == null || exchange.headNanos() == 0) {
      return ChaosVerdict.of(stream, Kind.NOT_BEGUN, shown(outcome));
    }
    if (outcome == null) {
      return ChaosVerdict.of(
          stream, stream.dies() ? Kind.MISSED : Kind.FALSE, shown(null, exchange));
    }
    boolean cut = stream.dies() && exchange.bytesSent() < stream.bodyBytes();
    return stream.dies() && !cut
        ? dead(stream, exchange, outcome, releasedNanos)
        : healthy(stream, exchange, outcome);
  }

  /** When the stream should have ended at the latest, as far as is known. */
  long deadlineNanos(ChaosStream stream, Exchange exchange) {
    return holds.untilNanos(stream.keys(), lastNanos(exchange), BOUND, Long.MAX_VALUE) + BOUND;
  }

  private static ChaosVerdict healthy(ChaosStream stream, Exchange exchange, Outcome outcome) {
    if (outcome.ended() && outcome.sha256().equals(stream.expected(true))) {
      return ChaosVerdict.of(stream, Kind.WHOLE, "");
    }
    if (outcome.ended() && !stream.dies()) {
      return ChaosVerdict.of(stream, Kind.BYTES, shown(outcome, exchange));
    }
    Kind kind = stream.guarded() && isLate(exchange) ? Kind.SERVER_LATE : Kind.FALSE;
    return ChaosVerdict.of(stream, kind, shown(outcome, exchange));
  }

  private ChaosVerdict dead(
      ChaosStream stream, Exchange exchange, Outcome outcome, long releasedNanos) {
    boolean ours = stream.endsAfterDone() ? outcome.ended() : outcome.ending().contains(OURS);
    if (!ours) {
      return ChaosVerdict.of(stream, Kind.ODD, shown(outcome, exchange));
    }
    if (!outcome.sha256().equals(stream.expected(outcome.ended()))) {
      return ChaosVerdict.of(stream, Kind.BYTES, shown(outcome, exchange));
    }
    return timed(stream, exchange, releasedNanos);
  }

  private ChaosVerdict timed(ChaosStream stream, Exchange exchange, long releasedNanos) {
    long sinceNanos = Math.max(exchange.lastBegunNanos(), holds.endNanos(stream.id()));
    long silent = releasedNanos - sinceNanos;
    long seen = silent - holds.stoppedNanos(sinceNanos, releasedNanos);
    long last = lastNanos(exchange);
    long until = holds.untilNanos(stream.keys(), last, BOUND, releasedNanos);
    long late = Math.max(0, releasedNanos - (until == last ? last + LIMIT : until));
    boolean early = silent < LIMIT || seen < LIMIT - SIGNAL;
    boolean missed = releasedNanos - deadlineNanos(stream, exchange) > 0;
    Kind kind = early ? Kind.EARLY : missed ? Kind.MISSED : Kind.RELEASED;
    String text =
        "silent for %d ms, %d of them while it ran"
            .formatted(NANOSECONDS.toMillis(silent), NANOSECONDS.toMillis(seen));
    return new ChaosVerdict(stream, kind, late, until != last, text);
  }

  /** Whether the server had nothing to send for about the limit. */
  private static boolean isLate(Exchange exchange) {
    long before = exchange.headNanos();
    for (Exchange.Sent sent : exchange.sent()) {
      if (sent.begunNanos() - before > LIMIT - SENDING) {
        return true;
      }
      before = sent.nanos();
    }
    // What came last was perhaps never taken, by a peer that was held up or gone.
    boolean begun = exchange.lastBegunNanos() - before > 0;
    return (begun ? exchange.lastBegunNanos() : exchange.endedNanos()) - before > LIMIT - SENDING;
  }

  private static long lastNanos(Exchange exchange) {
    List<Exchange.Sent> sent = exchange.sent();
    return sent.isEmpty() ? exchange.headNanos() : sent.get(sent.size() - 1).nanos();
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

  private static String shown(Exchange exchange) {
    return "sent %d bytes in %d pieces over %s, %s"
        .formatted(
            exchange.bytesSent(),
            exchange.sent().size(),
            exchange.protocol(),
            exchange.ending() == null ? "open" : exchange.ending());
  }

  private static String shown(@Nullable Outcome outcome, Exchange exchange) {
    return shown(outcome) + "; server " + shown(exchange);
  }
}
