package io.stallguard.core.engine;

import io.stallguard.core.StallTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a reader is shown of a stream that is over by decision. The thread that reads, or that tells
 * the app.
 */
public final class DecidedEnd {
  private DecidedEnd() {}

  /** Returns the end of the stream, or throws what it failed with. Notes the release. */
  static int endOrThrow(Guard guard, @Nullable Throwable cause) throws IOException {
    if (guard.isEnded()) {
      guard.released();
      return -1;
    }
    EOFException early = guard.truncation();
    throw passing(early != null ? early : stallException(guard, cause));
  }

  /** Returns the failure, or throws what passes whoever would swallow it. */
  private static IOException passing(IOException failure) {
    Throwable passing = Swallower.passing(failure);
    if (passing instanceof RuntimeException) {
      throw (RuntimeException) passing;
    }
    if (passing instanceof Error) {
      throw (Error) passing;
    }
    return failure;
  }

  /** Makes an exception for a reader that has it at once, and notes the release. */
  static StallTimeoutException stallException(Guard guard, @Nullable Throwable cause) {
    StallTimeoutException told = exception(guard, cause);
    guard.released();
    return told;
  }

  /**
   * Makes an exception for who has still to be told. {@link Guard#released} is called once that is
   * done; until then the abort is asked for again each second.
   */
  public static StallTimeoutException exception(Guard guard, @Nullable Throwable cause) {
    Incident stalled = guard.incident();
    if (stalled == null || !guard.isStalled()) {
      throw new IllegalStateException("stream is not stalled: " + guard.exchange());
    }
    StallTimeoutException told = new StallTimeoutException(stalled.stall().message(), null);
    if (cause != null) {
      // What came of the abort, and not what it came of: who looks for the root sees the timeout.
      told.addSuppressed(cause);
    }
    return told;
  }
}
