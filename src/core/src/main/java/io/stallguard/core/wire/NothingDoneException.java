package io.stallguard.core.wire;

import io.stallguard.core.words.Replacement;

/**
 * Thrown by {@link SocketCut}, and by the abort of a client, where nothing was found that could be
 * done, which is no error of ours: there is no such way with this client, or what would have to be
 * closed cannot be had. Immutable.
 */
public final class NothingDoneException extends Exception {
  // Without a stack: it is made again and again while a reader is not free, and says all itself.

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param why for the report, in a few words
   */
  public NothingDoneException(String why) {
    super(why, null, false, false);
  }

  /**
   * An exception of this type never leaves the agent; if it did, a JVM without the agent could read
   * it back.
   */
  private Object writeReplace() {
    return Replacement.of(this, new Exception(getMessage()));
  }
}
