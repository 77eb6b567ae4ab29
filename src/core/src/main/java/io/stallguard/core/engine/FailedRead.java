package io.stallguard.core.engine;

import io.stallguard.core.StallTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** What a blocking read that threw means for its stream. For the thread that read. */
public final class FailedRead {
  /**
   * The depth of causes that is looked at: far more than libraries wrap, as a cause may come back
   * to where it began.
   */
  private static final int DEEPEST_CAUSE = 20;

  private FailedRead() {}

  /**
   * The exception of ours among a failure and its causes, for a library that has made its own of
   * it.
   *
   * @return null if nothing is ours
   */
  public static @Nullable Throwable ours(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
      if (cause instanceof StallTimeoutException || Truncation.isOne(cause)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * Tells the guard that a read has failed. Behind a timeout of the client's own, and behind what
   * is no {@link IOException}, the stream goes on; behind all other failures nothing comes.
   *
   * @return true if the failure is the app's to see, false if the stream was over by decision
   *     before: see {@link Guard#endOrThrow}
   */
  public static boolean isOwn(Guard guard, Throwable failure) {
    boolean goesOn = !(failure instanceof IOException) || failure instanceof InterruptedIOException;
    return guard.unserved() && (goesOn || guard.finished());
  }
}
