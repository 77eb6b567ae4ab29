package io.stallguard.core;

import java.util.Locale;

/** What becomes of a stream whose terminal event has come and whose connection stays open. */
enum AfterDone {
  /** It ends normally. */
  EOF,
  /** It is aborted like a stalled one. */
  THROW,
  /** The other limits go on. */
  IGNORE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
