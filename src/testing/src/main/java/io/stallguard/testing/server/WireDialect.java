package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * How one provider writes a streamed answer: each string is one event, with its line ends where the
 * format has lines.
 */
interface WireDialect {

  String mediaType();

  /** The events before the first piece of text. */
  List<String> opening();

  /**
   * @param index number of this piece, from 0
   * @param text free of characters that JSON escapes
   */
  String delta(int index, String text);

  /**
   * The events after the last piece of text; the last of them is the terminal event.
   *
   * @param deltas number of pieces sent
   * @param text all pieces together
   */
  List<String> closing(int deltas, String text);

  /** What says "alive" and nothing else. */
  String heartbeat();

  /** What says that the provider has failed, in the middle of an answer. */
  String error();

  /** An event as it stands on the wire; a binary format frames it here. */
  default byte[] encode(String event) {
    return event.getBytes(UTF_8);
  }
}
