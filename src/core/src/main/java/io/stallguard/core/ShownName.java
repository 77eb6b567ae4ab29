package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A name of events that streams have shown, and what events of this name are. Immutable. */
final class ShownName {
  /** Of a stream that has shown no event. */
  static final ShownName NONE = constant("");

  /** What the formats that have a terminal event begin with: Anthropic's, Cohere's. */
  private static final byte[][] FIRST = {
    "message_start".getBytes(UTF_8), "message-start".getBytes(UTF_8)
  };

  /** And OpenAI's responses. */
  private static final byte[] FIRST_PREFIX = "response.".getBytes(UTF_8);

  private final byte[] bytes;
  private final boolean heartbeat;
  private final boolean terminal;
  private final boolean error;
  private final boolean first;

  ShownName(byte[] name, int length, EventNames names) {
    this.bytes = Arrays.copyOf(name, length);
    this.heartbeat = names.isHeartbeat(name, length);
    this.terminal = names.isTerminal(name, length);
    this.error = names.isError(name, length);
    this.first =
        EventNames.startsWith(name, length, FIRST_PREFIX)
            || EventNames.startsWith(name, length, FIRST[0])
            || EventNames.startsWith(name, length, FIRST[1]);
  }

  private ShownName(byte[] bytes) {
    this.bytes = bytes;
    this.heartbeat = false;
    this.terminal = false;
    this.error = false;
    this.first = false;
  }

  /** A name that a format gives to what has none of its own. */
  static ShownName constant(String name) {
    return new ShownName(name.getBytes(UTF_8));
  }

  boolean is(byte[] name, int length) {
    return EventNames.equal(bytes, name, length);
  }

  boolean isHeartbeat() {
    return heartbeat;
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Whether it is what a server says of a failure. */
  boolean isError() {
    return error;
  }

  /** Whether a stream that has it ends with a terminal event. */
  boolean isFirst() {
    return first;
  }

  /** Cleaned; empty if there was none. */
  @Override
  public String toString() {
    return Texts.utf8(bytes, bytes.length);
  }
}
