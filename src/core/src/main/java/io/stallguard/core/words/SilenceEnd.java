package io.stallguard.core.words;

/**
 * How a silence ended. A silence that mode observe had reported speaks for a longer limit if it is
 * RESUMED or ENDED, and was a stall if it is GIVEN_UP.
 */
public enum SilenceEnd {
  /** Bytes came, or an event. */
  RESUMED("resumed"),
  /** The end of the stream came by itself. */
  ENDED("ended"),
  /** The client closed, cancelled or failed, by a timeout of its own for one, or waits no more. */
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
