package io.stallguard.core.words;

/** How a silence ended that was reported and left to go on. */
public enum SilenceEnd {
  /** Bytes came: a longer limit would have been right. */
  RESUMED("resumed"),
  /** The end of the stream came by itself: there, too, a longer limit would have been right. */
  ENDED("ended"),
  /**
   * The client closed, cancelled or failed, by a timeout of its own for one: the silence was a
   * stall.
   */
  GIVEN_UP("given up");

  private final String text;

  SilenceEnd(String text) {
    this.text = text;
  }

  /** The word for people, and the name of the event. */
  @Override
  public String toString() {
    return text;
  }
}
