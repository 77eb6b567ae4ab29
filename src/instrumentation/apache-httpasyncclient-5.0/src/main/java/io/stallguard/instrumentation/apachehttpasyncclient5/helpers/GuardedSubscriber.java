package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.nio.ByteBuffer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Stands between HttpCore's publisher and its subscriber: sees what is asked for and what comes.
 */
final class GuardedSubscriber implements Subscriber<ByteBuffer> {
  // The publisher brings exactly one end, under its lock. So whatever end that is goes on, as what
  // was decided if anything was. The client itself makes an InterruptedIOException without a
  // message of every failure on its way to a subscriber: it gives up the consumer first, which
  // cancels the exchange.

  private final Subscriber<? super ByteBuffer> subscriber;
  private final GuardedBody body;

  GuardedSubscriber(Subscriber<? super ByteBuffer> subscriber, GuardedBody body) {
    this.subscriber = subscriber;
    this.body = body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(new GuardedSubscription(subscription, body));
  }

  @Override
  public void onNext(ByteBuffer bytes) {
    try {
      body.delivering(bytes);
      subscriber.onNext(bytes);
    } finally {
      body.delivered();
    }
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(body.failureInsteadOf(failure));
  }

  @Override
  public void onComplete() {
    Exception failure = body.failureInsteadOfEnd();
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }

  /** Sees what the subscriber asks for. */
  private static final class GuardedSubscription implements Subscription {
    private final Subscription subscription;
    private final GuardedBody body;

    GuardedSubscription(Subscription subscription, GuardedBody body) {
      this.subscription = subscription;
      this.body = body;
    }

    @Override
    public void request(long count) {
      if (count > 0) {
        body.requested(count);
      }
      subscription.request(count);
    }

    @Override
    public void cancel() {
      body.finished();
      subscription.cancel();
    }
  }
}
