package io.stallguard.core.body;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.MediaTypes;

/**
 * Finds the events in the bytes of one stream, as they come, across any chunk boundary.
 *
 * <p>Memory is constant whatever comes, and nothing of the body is kept but the event's name. One
 * thread after another.
 */
public abstract class StreamFormat {
  /**
   * Looks at the next bytes.
   *
   * @return false if they contradict the format: the stream is to be watched by its bytes alone
   */
  public abstract boolean scan(byte[] bytes, int from, int to);

  /** Ends the body: an event that nothing follows any more is whole. */
  public void end() {}

  /** Whether no part of an event has come after the last one. */
  public abstract boolean isBetweenEvents();

  /** Whether what has come after the last event is a heartbeat for certain, whatever follows. */
  public boolean isHeartbeat() {
    return false;
  }

  /**
   * Whether what has come after the last event is a heartbeat or an end for certain, and no piece
   * of an answer.
   */
  public boolean isNoPiece() {
    return isHeartbeat();
  }

  /** The name in reports. */
  public abstract String name();

  /**
   * Stands for a format that is not known: each byte is progress.
   *
   * @param name why, for reports
   */
  public static StreamFormat ofBytes(EventTally events, String name) {
    return new OpaqueFormat(events, name);
  }

  /** The format that a response's head promises; where it promises none, what the bytes are of. */
  public static StreamFormat of(Exchange exchange, EventNames names, EventTally events) {
    return exchange.isEncoded()
        ? new OpaqueFormat(events, "bytes only, the body is encoded: " + exchange.encoding())
        : ofDecoded(exchange, names, events);
  }

  /** The format of a body that is looked at where its client has decoded it. */
  public static StreamFormat ofDecoded(Exchange exchange, EventNames names, EventTally events) {
    String type = exchange.contentType();
    if (!exchange.hasResponse()) {
      return new OpaqueFormat(events, OpaqueFormat.NAME);
    }
    Reading reading = new Reading(exchange, names, events);
    if (MediaTypes.matches(MediaTypes.EVENT_STREAM, type)) {
      return new SseFormat(names, reading);
    }
    if (MediaTypes.isJsonLines(type)) {
      return new JsonLinesFormat(names, reading, true);
    }
    if (MediaTypes.matches(MediaTypes.AWS_EVENT_STREAM, type)) {
      return new AwsEventStreamFormat(names, reading);
    }
    return new FoundFormat(names, reading, events);
  }
}
