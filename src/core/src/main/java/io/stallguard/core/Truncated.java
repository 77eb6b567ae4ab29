package io.stallguard.core;

/** What becomes of a stream that ends without its terminal event. */
enum Truncated {
  /** It is reported. */
  REPORT,
  /** Its reader gets an {@code EOFException} too. */
  THROW
}
