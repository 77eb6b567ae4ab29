package io.stallguard.tooling;

import io.stallguard.core.words.Replacement;

/** Thrown where a client is not what a module expects, so that it is left alone. */
final class StandBack extends Exception {
  private static final long serialVersionUID = 1L;

  StandBack(String reason) {
    super(reason);
  }

  /**
   * An exception of this type never leaves the agent; if it did, a JVM without the agent could read
   * it back.
   */
  private Object writeReplace() {
    return Replacement.of(this, new Exception(getMessage()));
  }

  /** The reason in one line, for any failure. */
  static String reason(Throwable failure) {
    String text = failure instanceof StandBack ? failure.getMessage() : failure.toString();
    return String.valueOf(text).replace('\n', ' ').replace('\r', ' ');
  }
}
