package io.stallguard.core.words;

import java.util.Locale;

/** What happens to a stalled stream. */
public enum Mode {
  /** The stream is aborted and reported. */
  ENFORCE,
  /** The stream is reported, and nothing else happens to it. */
  OBSERVE,
  /**
   * Nothing happens: the stream is known, should the mode change while it is open, and nothing
   * more.
   */
  OFF;

  /** The name in settings and output. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
