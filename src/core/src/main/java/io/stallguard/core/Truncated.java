package io.stallguard.core;

import java.util.Locale;

/** What becomes of a stream that ends without its terminal event. */
enum Truncated {
  /** It is reported. */
  REPORT,
  /** Its reader gets an {@code EOFException} too. */
  THROW;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
