package io.stallguard.core.engine;

/** What became of a stall: the answer to a {@link Decision}. */
public enum Verdict {
  /** The stream is over by decision. */
  RELEASED,
  /** The silence was reported and left to go on. */
  REPORTED,
  /** No stall: bytes came while it was decided, or nobody waits. */
  OVERTAKEN,
  /** No stall: the server was kept from sending anything. */
  HELD_UP,
  /** Not known: to decide failed, for want of memory, say. The question is asked again soon. */
  PUT_OFF
}
