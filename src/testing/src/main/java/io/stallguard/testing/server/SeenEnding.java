package io.stallguard.testing.server;

/** How an exchange ended, as the server saw it. */
public enum SeenEnding {
  /** The server sent all it had to, and the end of the body. */
  COMPLETED,
  /** The peer reset the HTTP/2 stream; {@link SeenExchange#errorCode()} says why. */
  RESET,
  /** The peer closed the connection, or it broke. */
  CLOSED,
  /** The server cut the connection because the scenario says so. */
  CUT
}
