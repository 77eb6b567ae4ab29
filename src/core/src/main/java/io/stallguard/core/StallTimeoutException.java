package io.stallguard.core;

import io.stallguard.core.words.Replacement;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown into the reader of a stream that was silent beyond its limit.
 *
 * <p>A {@link SocketTimeoutException}, because that is what code that reads from the network
 * handles already. The message is one line, never null, and holds no query, header or body.
 */
public final class StallTimeoutException extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  public StallTimeoutException(String message, @Nullable Throwable cause) {
    super(message);
    if (cause != null) {
      initCause(cause);
    }
  }

  /** What is serialised in place of this exception: whoever reads it back may have no agent. */
  private Object writeReplace() {
    return Replacement.of(this, new SocketTimeoutException(getMessage()));
  }
}
