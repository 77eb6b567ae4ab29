package io.stallguard.testing.server;

/** A thing that the server does on a stream. */
final class Step {

  private static final byte[] NOTHING = {};

  private final Kind kind;
  private final byte[] bytes;
  private final long millis;

  private Step(Kind kind, byte[] bytes, long millis) {
    this.kind = kind;
    this.bytes = bytes;
    this.millis = millis;
  }

  static Step of(Kind kind) {
    return new Step(kind, NOTHING, 0);
  }

  static Step send(Kind kind, byte[] bytes) {
    return new Step(kind, bytes, 0);
  }

  static Step pause(long millis) {
    return new Step(Kind.PAUSE, NOTHING, millis);
  }

  Kind kind() {
    return kind;
  }

  /** What is sent, empty for a step that sends nothing. */
  byte[] bytes() {
    return bytes;
  }

  /** How long a pause lasts. */
  long millis() {
    return millis;
  }

  /** What a step does. */
  enum Kind {
    /** Flushes status line and headers. */
    HEAD,
    /** Sends the bytes that complete an event. */
    EVENT,
    /** Sends bytes that leave an event incomplete. */
    PART,
    /** Sends a heartbeat. */
    HEARTBEAT,
    /** Sends a frame of HTTP/2 of length 0, and one with padding and no payload. */
    EMPTY_FRAMES,
    PAUSE,
    /** Leaves the connection open for ever if the server's outage has begun. */
    OUTAGE,
    /** Goes back to the latest heartbeat or empty frame, for ever. */
    AGAIN,
    /** Leaves the connection open for ever. */
    STAY,
    /** Ends the body as the protocol does. */
    END,
    /** Closes the connection in the middle of the body. */
    CUT
  }
}
