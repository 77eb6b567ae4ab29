package io.stallguard.core.body;

/** What an event of a stream says. */
public enum EventKind {
  /** The stream is alive, and nothing else. */
  HEARTBEAT,
  /** The answer goes on, without a piece of it: that it begins, is queued, has another part. */
  LIFECYCLE,
  /** A piece of the answer, or anything that is not known to be something else. */
  CONTENT,
  /** The provider has failed. */
  ERROR
}
