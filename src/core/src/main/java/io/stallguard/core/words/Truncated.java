package io.stallguard.core.words;

/** What becomes of a stream that ends without its terminal event. */
public enum Truncated {
  /** The end is reported. */
  REPORT,
  /** The end is reported, and the reader gets an {@code EOFException}. */
  THROW
}
