package io.stallguard.core.body;

/** What an event says of the events after it, on the path that the stream has. */
public enum Mark {
  /** More events are expected. */
  NONE,
  /** The answer is whole, but something may follow: a usage count, the next turn of an agent. */
  LONG,
  /** The format promises no more. */
  SHORT
}
