package io.stallguard.core.words;

/** What becomes of a stream whose terminal event has come and whose connection stays open. */
public enum AfterDone {
  /** The stream ends normally. */
  EOF,
  /** The stream is aborted like a stalled one. */
  THROW,
  /** The other limits go on. */
  IGNORE
}
