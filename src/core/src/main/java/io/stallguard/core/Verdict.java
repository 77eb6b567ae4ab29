package io.stallguard.core;

/** What became of a stall. */
enum Verdict {
  /** The stream is done with. */
  RELEASED,
  /** It was told and left to go on. */
  REPORTED,
  /** It was none: bytes came while it was decided, or nobody waits. */
  OVERTAKEN,
  /** It was none: the server was kept from sending anything. */
  HELD_UP,
  /** Not known: to decide failed, for want of memory, say. It is asked again soon. */
  PUT_OFF
}
