package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;
import java.io.EOFException;

/** The end of a stream that came too early, as it is told and thrown. Any thread. */
final class Truncation {
  /** How the line on such a stream begins. */
  private static final String BEGIN = "stream truncated: ended ";

  private Truncation() {}

  /** Makes the line on a stream whose end came too early. */
  static String message(StreamFacts stream) {
    return BEGIN
        + Durations.text(stream.ageNanos())
        + " after its head, "
        + (stream.error() == null
            ? "without its terminal event"
            : "after the provider's error " + stream.error())
        + "; "
        + stream.exchange()
        + ", "
        + stream.exchange().outcome()
        + "; "
        + stream.bytes()
        + " bytes received, with "
        + stream.progressEvents()
        + " events, the last "
        + stream.lastEventName();
  }

  /** Whether a failure is what a reader is told of such an end. */
  static boolean isOne(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof EOFException && message != null && message.startsWith(BEGIN);
  }
}
