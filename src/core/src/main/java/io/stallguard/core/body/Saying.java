package io.stallguard.core.body;

/** What an event means in its dialect. */
enum Saying {
  /** Nothing but that the stream is alive. */
  HEARTBEAT,
  /** What may come before an answer; others may say the same. */
  GREETING,
  /** An answer begins. */
  START,
  /** A place for pieces with nothing in it: an answer begins, or nothing but that it is alive. */
  HOLLOW,
  /** The answer goes on, without a piece of it; a repetition of the same is a heartbeat. */
  LIFECYCLE,
  /**
   * The answer goes on, without a piece of it; a repetition is progress too: a prompt is being
   * read, one more step is done.
   */
  STEP,
  /** A piece of the answer. */
  CONTENT,
  /** What the reason in the data says: {@link #FINISH}, {@link #TOOL} or nothing. */
  REASON,
  /** The answer is whole, and asks for a tool. */
  TOOL,
  /** An answer of several is whole, and others go on. */
  PART,
  /** The answer is whole; the terminal event is still to come. */
  FINISH,
  /** The terminal event. */
  END,
  /** The terminal event, if the answer was whole before it. */
  LAST,
  /** What may follow the end of an answer, and changes nothing. */
  TRAILER,
  /** The provider has failed. */
  ERROR;

  /** Whether an event that says so is one of an answer: another one, if the last was whole. */
  boolean isOfAnswer() {
    return this == START || this == CONTENT || this == PART;
  }
}
