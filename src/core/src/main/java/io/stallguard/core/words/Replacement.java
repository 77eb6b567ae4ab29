package io.stallguard.core.words;

/**
 * Makes of an exception of ours the one that is serialised in its place: whoever reads it back may
 * have no agent. Each exception type in the jar says by {@code writeReplace} which type that is.
 */
public final class Replacement {
  private Replacement() {}

  /**
   * Lets a fresh exception tell what the original does, beside the message that it was made with.
   *
   * @param replacement of a type that is there without the agent, and without a cause yet
   * @return the replacement
   */
  public static <T extends Throwable> T of(Throwable original, T replacement) {
    replacement.setStackTrace(original.getStackTrace());
    Throwable cause = original.getCause();
    if (cause != null) {
      replacement.initCause(cause);
    }
    for (Throwable suppressed : original.getSuppressed()) {
      replacement.addSuppressed(suppressed);
    }
    return replacement;
  }
}
