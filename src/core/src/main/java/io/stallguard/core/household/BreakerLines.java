package io.stallguard.core.household;

import io.stallguard.core.words.Lengths;

/** What people are told of breakers. */
final class BreakerLines {
  private BreakerLines() {}

  static String reason(long stalls, long streams, BreakerSettings settings) {
    return stalls
        + " of "
        + streams
        + " streams stalled within "
        + Lengths.text(settings.windowNanos())
        + ", more than "
        + settings.share()
        + "%";
  }

  static String opened(String host, String reason, long pauseNanos) {
    return "BREAKER OPEN: "
        + host
        + ": "
        + reason
        + ". An outage, or limits that are too short: first-byte, idle and event-idle are 300 s at"
        + " least until a stream runs out at that, "
        + (pauseNanos == Long.MAX_VALUE ? "" : "for " + Lengths.text(pauseNanos) + ", ")
        + "or until told by JMX";
  }

  static String outage(long silentNanos) {
    return "an outage, a stream was silent for " + Lengths.text(silentNanos);
  }

  static String closed(String host, String why) {
    return "breaker closed, " + why + ": the limits of " + host + " hold again as they are set";
  }
}
