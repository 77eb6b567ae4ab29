package io.stallguard.testing;

/**
 * A line that a process printed.
 *
 * @param nanos when it arrived, of {@link System#nanoTime()}
 */
public record OutputLine(Source source, long nanos, String text) {

  @Override
  public String toString() {
    return (source == Source.ERR ? "err " : "out ") + text;
  }

  /** The stream that a line came from. */
  public enum Source {
    OUT,
    ERR
  }
}
