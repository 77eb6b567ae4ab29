package io.stallguard.core.words;

/** What becomes of a stream that ends without its terminal event. */
public enum Truncated {
  /** The end is reported. */
  REPORT,
  /** Its reader gets an {@code EOFException} too. */
  THROW
}
