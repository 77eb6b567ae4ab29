package io.stallguard.core;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** What a blocking read that threw means for its stream. For the thread that read. */
public final class FailedRead {
  /** Far more than libraries wrap; a cause may come back to where it began. */
  private static final int DEEPEST_CAUSE = 20;

  private FailedRead() {}

  /**
   * What of a failure is ours, for a library that has made its own of it.
   *
   * @return null if nothing is
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
   * Tells the guard of it: behind all failures but a timeout of the client's own nothing comes.
   *
   * @return false if the stream was over by decision before: see {@link Guard#endOrThrow}
   */
  public static boolean isOwn(Guard guard, Throwable failure) {
    boolean goesOn = !(failure instanceof IOException) || failure instanceof InterruptedIOException;
    return guard.unserved() && (goesOn || guard.finished());
  }
}
