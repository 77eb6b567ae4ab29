package io.stallguard.core.engine;

import io.stallguard.core.wire.Look;

/** What looks were answered. In this package to get at it. */
public final class Answers {
  private Answers() {}

  /** Whether nothing waits to be read, by the answer. */
  public static boolean isNothing(Look look) {
    return look.isAnswered() && look.hasFoundNothing();
  }
}
