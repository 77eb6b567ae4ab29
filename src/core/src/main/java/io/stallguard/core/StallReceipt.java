package io.stallguard.core;

import io.stallguard.core.words.Durations;

/** What had come of a stream when its stall was decided, as the one line on the stall tells it. */
final class StallReceipt {
  private StallReceipt() {}

  static String of(Stall stall) {
    return stall.bytes() == 0
        ? "no byte of the body received"
        : counted(stall.bytes(), "byte", "bytes")
            + " received in "
            + counted(stall.chunks(), "read", "reads")
            + ", the last "
            + Durations.text(stall.lastByteAgeNanos())
            + " ago"
            + events(stall);
  }

  private static String events(Stall stall) {
    return stall.hasEvents()
        ? ", with "
            + counted(stall.progressEvents(), "event", "events")
            + " and "
            + counted(stall.heartbeats(), "heartbeat", "heartbeats")
            + ", the last "
            + stall.lastEvent()
            + " "
            + Durations.text(stall.lastEventAgeNanos())
            + " ago"
            + lastProgress(stall)
        : "";
  }

  private static String lastProgress(Stall stall) {
    return stall.hasOtherProgress()
        ? ", the last but heartbeats "
            + stall.lastProgressEvent()
            + " "
            + Durations.text(stall.lastProgressAgeNanos())
            + " ago"
        : "";
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
