package io.stallguard.core.coverage;

/** How much of a client the guards of blocking sockets reach where it has none of its own. */
enum Sockets {
  /** Nothing: the client reads by channels, or natively. */
  NOTHING,

  /** The client's HTTP/1.1, and not its HTTP/2. */
  HTTP_1,

  /** All: the client speaks nothing but HTTP/1.x. */
  ALL
}
