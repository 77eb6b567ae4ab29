package io.stallguard.testing.server;

/**
 * One thing that the server does on a stream.
 *
 * @param bytes what is sent, empty for a step that sends nothing
 * @param millis how long a pause lasts
 */
record Step(Kind kind, byte[] bytes, long millis) {

  private static final byte[] NOTHING = {};

  static Step of(Kind kind) {
    return new Step(kind, NOTHING, 0);
  }

  static Step send(Kind kind, byte[] bytes) {
    return new Step(kind, bytes, 0);
  }

  static Step pause(long millis) {
    return new Step(Kind.PAUSE, NOTHING, millis);
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
    PAUSE,
    /** Goes back to the latest heartbeat, for ever. */
    AGAIN,
    /** Leaves the connection open for ever. */
    STAY,
    /** Ends the body as the protocol does. */
    END,
    /** Closes the connection in the middle of the body. */
    CUT
  }
}
