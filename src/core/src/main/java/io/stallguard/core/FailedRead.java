package io.stallguard.core;

import java.io.IOException;
import java.io.InterruptedIOException;

/** What a blocking read that threw means for its stream. For the thread that read. */
public final class FailedRead {
  private FailedRead() {}

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
