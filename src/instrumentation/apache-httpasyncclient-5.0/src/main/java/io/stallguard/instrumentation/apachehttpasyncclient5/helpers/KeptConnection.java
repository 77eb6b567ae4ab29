package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stream of HTTP/2 fail without the connection that it shares with others: the client would
 * close it. Any thread.
 */
final class KeptConnection {
  // The client handles a failure on the thread that tells it: it marks the connection as not to be
  // used again, and then discards it. What else fails on this thread meanwhile, an app's next
  // request say, has another runtime.

  private static final ThreadLocal<@Nullable Failure> FAILING = new ThreadLocal<>();

  private KeptConnection() {}

  /**
   * Tells the client of a failure.
   *
   * @param keep whether the connection lives on
   */
  static void during(boolean keep, Runnable failure) {
    during(keep, false, null, failure);
  }

  /**
   * Tells the client of a failure.
   *
   * @param keep whether the connection lives on
   * @param beforeHead whether no head has come, with which the client would have noted that the
   *     connection can be used again
   * @param ifOfNoUse what is to become of a connection that its pool gives to nobody any more; null
   *     if it is to stay in use
   */
  static void during(
      boolean keep, boolean beforeHead, @Nullable Runnable ifOfNoUse, Runnable failure) {
    if (!keep) {
      failure.run();
      return;
    }
    FAILING.set(new Failure(beforeHead, ifOfNoUse));
    try {
      failure.run();
    } finally {
      FAILING.remove();
    }
  }

  /**
   * The client is about to give a connection up, and first says so, then discards it.
   *
   * @return anything if it must not, null if it may
   */
  static @Nullable Object answer(AsyncExecRuntime runtime, boolean discard) {
    Failure failure = FAILING.get();
    if (failure == null) {
      return null;
    }
    return discard ? failure.givenBack(runtime) : failure.claimed(runtime);
  }

  /** A failure that is being told. */
  private static final class Failure {
    private final boolean beforeHead;
    private final @Nullable Runnable ifOfNoUse;
    private @Nullable AsyncExecRuntime failed;
    private boolean done;

    Failure(boolean beforeHead, @Nullable Runnable ifOfNoUse) {
      this.beforeHead = beforeHead;
      this.ifOfNoUse = ifOfNoUse;
    }

    /** Claims the runtime that fails: the first one is that of the exchange that fails. */
    @Nullable Object claimed(AsyncExecRuntime runtime) {
      if (failed != null) {
        return null;
      }
      failed = runtime;
      // Nobody else has it: the client closes it.
      done = ifOfNoUse != null && PooledSession.isLeasedAlone(runtime);
      return done ? null : this;
    }

    @Nullable Object givenBack(AsyncExecRuntime runtime) {
      if (runtime != failed || done) {
        return null;
      }
      done = true;
      boolean ofNoUse = ifOfNoUse != null && PooledSession.forget(runtime);
      if (beforeHead) {
        markReusable(runtime);
      }
      runtime.releaseEndpoint();
      if (ifOfNoUse != null && ofNoUse) {
        ifOfNoUse.run();
      }
      return this;
    }

    private static void markReusable(AsyncExecRuntime runtime) {
      try {
        runtime.markConnectionReusable(null, TimeValue.NEG_ONE_MILLISECOND);
      } catch (UnsupportedOperationException e) {
        // A client of HTTP/2 alone keeps its connections without.
      }
    }
  }
}
