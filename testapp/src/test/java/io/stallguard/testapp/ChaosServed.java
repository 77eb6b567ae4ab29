package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.stallguard.testing.server.SeenExchange;
import java.util.List;

/**
 * What a server did for a stream; times are of {@link System#nanoTime()}.
 *
 * @param begun whether it sent the head
 * @param bytes of the body that the transport took
 * @param lastBegunNanos when the transport was last given something
 * @param lastNanos when the transport had taken what it took last
 * @param late whether there was nothing to send for about the limit though there should have been
 * @param shown in short
 */
record ChaosServed(
    boolean begun, long bytes, long lastBegunNanos, long lastNanos, boolean late, String shown) {

  /** What is between a server that is about to send and one that has. */
  private static final long SENDING = MILLISECONDS.toNanos(150);

  static ChaosServed of(SeenExchange exchange) {
    List<SeenExchange.Sent> sent = exchange.sent();
    long last = sent.isEmpty() ? exchange.headNanos() : sent.get(sent.size() - 1).nanos();
    return new ChaosServed(
        exchange.headNanos() != 0,
        exchange.bytesSent(),
        exchange.lastBegunNanos(),
        last,
        isLate(exchange, last),
        shown(exchange));
  }

  private static boolean isLate(SeenExchange exchange, long lastNanos) {
    long before = exchange.headNanos();
    for (SeenExchange.Sent sent : exchange.sent()) {
      if (isLate(before, sent.begunNanos())) {
        return true;
      }
      before = sent.nanos();
    }
    // What came last was perhaps never taken, by a peer that was held up or gone.
    boolean begun = exchange.lastBegunNanos() - lastNanos > 0;
    return isLate(lastNanos, begun ? exchange.lastBegunNanos() : exchange.endedNanos());
  }

  private static boolean isLate(long sentNanos, long nextNanos) {
    return nextNanos - sentNanos > ChaosJudge.LIMIT - SENDING;
  }

  private static String shown(SeenExchange exchange) {
    return "sent %d bytes in %d pieces over %s, %s"
        .formatted(
            exchange.bytesSent(),
            exchange.sent().size(),
            exchange.protocol(),
            exchange.ended() ? exchange.ending() : "open");
  }
}
