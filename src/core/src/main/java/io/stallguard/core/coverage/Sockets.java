package io.stallguard.core.coverage;

/** How much of a client the guards of blocking sockets reach where it has none of its own. */
enum Sockets {
  /** Nothing: it reads by channels, or natively. */
  NOTHING,

  /** Its HTTP/1.1, and not its HTTP/2. */
  HTTP_1,

  /** All: it speaks nothing else. */
  ALL
}
