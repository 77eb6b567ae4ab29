package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.engine.Swallower;
import java.io.EOFException;
import org.jspecify.annotations.Nullable;

/** What the reader of an input stream meets at its end. Any thread. */
final class BodyEnd {
  // Holds nothing that leads to the stream, by which it is found.

  private volatile @Nullable String truncation;

  void truncated(EOFException failure) {
    truncation = failure.getMessage();
  }

  /** A fresh exception for the reader's thread; null if the end is a normal one. */
  @Nullable Throwable failure() {
    String message = truncation;
    return message == null ? null : Swallower.passing(new EOFException(message));
  }
}
