package io.stallguard.core.engine;

/** What the end of a body, as its client has met it, means to the app. Immutable. */
public enum BodyEnd {
  /** The app is to see a normal end. */
  NORMAL,
  /**
   * Not all was said, and the app is to see that as a failure: {@link Guard#truncation} for an
   * asynchronous consumer, {@link Guard#endOrThrow} for a reader.
   */
  TOO_EARLY,
  /**
   * The stream was over by decision before, and the release is noted. A reader ends with {@link
   * Guard#endOrThrow}; an asynchronous consumer is told by the abort.
   */
  DECIDED
}
