package io.stallguard.core;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a reader is shown of a stream that is over by decision. */
final class DecidedEnd {
  private DecidedEnd() {}

  /** The end of the stream, or what it failed with. */
  static int endOrThrow(Guard guard, @Nullable Throwable cause) throws IOException {
    if (guard.isEnded()) {
      guard.released();
      return -1;
    }
    EOFException early = guard.truncation();
    if (early != null) {
      throw early;
    }
    throw stallException(guard, cause);
  }

  /** A fresh exception, and the note that its reader has it. */
  static StallTimeoutException stallException(Guard guard, @Nullable Throwable cause) {
    Incident stalled = guard.incident();
    if (stalled == null || !guard.isStalled()) {
      throw new IllegalStateException("stream is not stalled: " + guard.exchange());
    }
    StallTimeoutException told = new StallTimeoutException(stalled.stall().message(), cause);
    stalled.released();
    return told;
  }
}
