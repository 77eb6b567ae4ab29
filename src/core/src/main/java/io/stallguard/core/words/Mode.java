package io.stallguard.core.words;

import java.util.Locale;

/** What happens to a stalled stream. */
public enum Mode {
  /** It is aborted and reported. */
  ENFORCE,
  /** It is reported only. */
  OBSERVE,
  /** Nothing: the stream is known, should that change while it is open, and nothing more. */
  OFF;

  /** The name in settings and output. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
