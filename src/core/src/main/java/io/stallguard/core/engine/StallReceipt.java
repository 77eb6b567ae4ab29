package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;

/**
 * What had come of a stream when its stall was decided, as the one line on the stall tells it. Any
 * thread.
 */
final class StallReceipt {
  private StallReceipt() {}

  static String of(StreamFacts stream) {
    return stream.bytes() == 0
        ? "no byte of the body received"
        : counted(stream.bytes(), "byte", "bytes")
            + " received in "
            + counted(stream.reads(), "read", "reads")
            + ", the last "
            + Durations.text(stream.lastByteAgeNanos())
            + " ago"
            + events(stream);
  }

  private static String events(StreamFacts stream) {
    return stream.hasEvents()
        ? ", with "
            + counted(stream.progressEvents(), "event", "events")
            + " and "
            + counted(stream.heartbeats(), "heartbeat", "heartbeats")
            + ", the last "
            + stream.lastEvent()
            + " "
            + Durations.text(stream.lastEventAgeNanos())
            + " ago"
            + lastProgress(stream)
        : "";
  }

  private static String lastProgress(StreamFacts stream) {
    return stream.hasOtherProgress()
        ? ", the last but heartbeats "
            + stream.lastProgressEvent()
            + " "
            + Durations.text(stream.lastProgressAgeNanos())
            + " ago"
        : "";
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
