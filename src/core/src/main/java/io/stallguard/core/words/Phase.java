package io.stallguard.core.words;

import java.util.Locale;

/** What a stream waits for. */
public enum Phase {
  /** The head of its response. */
  HEAD,
  /** The first byte of its body. */
  FIRST_BYTE,
  /** More of its body. */
  BODY,
  /** The end of its body, the terminal event having come. */
  AFTER_DONE;

  /** The name as operators read it: {@code first-byte}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
