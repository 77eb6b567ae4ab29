package io.stallguard.instrumentation.netty.helpers;

import io.netty.handler.timeout.ReadTimeoutException;
import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.engine.DecidedEnd;
import io.stallguard.core.engine.Guard;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions that the app sees: Netty's own type, where Netty lets anyone make one. */
final class Failures {
  // The type is final in every version, and only its shared instance, without a message, can be
  // had before 4.1.76. From then on there is a constructor with a message; it rules out a cause
  // and, under -ea, fails on an assertion of Netty's own that was meant for the shared instance.

  private final @Nullable Constructor<ReadTimeoutException> constructor = constructor();

  private static @Nullable Constructor<ReadTimeoutException> constructor() {
    try {
      return ReadTimeoutException.class.getConstructor(String.class);
    } catch (NoSuchMethodException e) {
      // An older version: see above.
      return null;
    }
  }

  /**
   * Makes the failure of a body.
   *
   * @param aws whether the client is the AWS SDK
   * @param partial whether bytes of it have been delivered
   * @param cause what came from the channel itself, if that was how it ended
   */
  Throwable of(Guard guard, boolean aws, boolean partial, @Nullable Throwable cause) {
    EOFException truncation = guard.truncation();
    if (truncation != null) {
      return truncation;
    }
    StallTimeoutException stall = DecidedEnd.exception(guard, cause);
    return aws ? forAws(stall, partial) : timeout(stall);
  }

  // The AWS SDK makes an IOException of a read timeout and repeats the request after it, which
  // brings the app the begin of the answer once more. And after an IOException or one of Netty's
  // timeouts on a stream of HTTP/2 it gives up the connection under all others. These are neither;
  // the first is one that it repeats after.
  private static Throwable forAws(StallTimeoutException stall, boolean partial) {
    return partial ? new PartialAnswer(stall.getMessage()) : new UncheckedIOException(stall);
  }

  private Throwable timeout(StallTimeoutException stall) {
    try {
      return constructor == null ? stall : constructor.newInstance(stall.getMessage());
    } catch (ReflectiveOperationException e) {
      // With -ea: see above.
      return stall;
    }
  }
}
