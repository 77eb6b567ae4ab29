package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.words.Replacement;
import java.io.EOFException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends or fails the app's subscriber, then cancels the exchange: the JDK closes the connection of
 * HTTP/1.1 and resets the stream of HTTP/2.
 */
final class BodyAbort implements Abort {
  /** Below the time after which an abort is taken to hang. */
  private static final long BODY_MILLIS = 400;

  private final BodySubscriber<?> subscriber;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final CountDownLatch bodyTold = new CountDownLatch(1);
  private volatile Flow.@Nullable Subscription upstream;
  private volatile @Nullable GuardedSubscription subscription;

  BodyAbort(BodySubscriber<?> subscriber) {
    this.subscriber = subscriber;
  }

  void bind(Flow.Subscription clientSide, GuardedSubscription appSide) {
    this.upstream = clientSide;
    this.subscription = appSide;
  }

  @Override
  public void abort(Guard guard) {
    end(guard);
  }

  /**
   * The app's onError hangs or failed, or no thread was free for the abort yet: the exchange is
   * cancelled all the same, but never before the subscriber was told why.
   */
  @Override
  public void escalate(Guard guard) {
    end(guard);
  }

  private void end(Guard guard) {
    if (failed.compareAndSet(false, true)) {
      fail(guard);
      awaitBody();
    }
    Flow.Subscription client = upstream;
    if (client != null) {
      client.cancel();
    }
  }

  /** The body's reader is to see this at the end of what has come. */
  void truncated(EOFException truncation) {
    GuardedSubscription reader = subscription;
    if (reader != null) {
      reader.end().truncated(truncation);
    }
  }

  /** The client has been told what becomes of the body. */
  void bodyTold() {
    bodyTold.countDown();
  }

  /**
   * A subscriber may make its body on another thread, as the JDK's adapters have done since 25. If
   * the exchange is cancelled before, the app sees that instead.
   */
  private void awaitBody() {
    try {
      boolean unused = bodyTold.await(BODY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody has a reason to: the exchange is cancelled all the same.
      Thread.currentThread().interrupt();
    }
  }

  private void fail(Guard guard) {
    if (guard.isEnded()) {
      guard.released();
      subscriber.onComplete();
      return;
    }
    GuardedSubscription reader = subscription;
    subscriber.onError(
        reader != null && reader.isReadByThread() ? new ForReader(guard) : timeout(guard, null));
  }

  /** Exactly the client's own type: that is what apps and libraries look for. */
  private static HttpTimeoutException timeout(Guard guard, @Nullable Throwable cause) {
    StallTimeoutException stall = guard.stallException(cause);
    HttpTimeoutException timeout = new HttpTimeoutException(stall.getMessage());
    timeout.initCause(stall);
    return timeout;
  }

  /**
   * Left with the JDK's input stream, which would wrap it in an {@code IOException("closed")}: the
   * advice there asks it for a fresh exception with the reader's own stack.
   */
  private static final class ForReader extends HttpTimeoutException implements Supplier<Throwable> {
    private static final long serialVersionUID = 1L;

    private final transient Guard guard;

    ForReader(Guard guard) {
      super(guard.stallException(null).getMessage());
      this.guard = guard;
    }

    @Override
    public Throwable get() {
      return timeout(guard, null);
    }

    /** Whoever reads it back may have no agent. */
    private Object writeReplace() {
      return Replacement.of(this, new HttpTimeoutException(getMessage()));
    }
  }
}
