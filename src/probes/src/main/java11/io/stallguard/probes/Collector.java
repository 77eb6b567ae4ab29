package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Takes items in batches. With the first one it is busy for the job's pause: if it asks for one at
 * a time it asks for the next only after that, else it blocks the thread that brought the item.
 */
abstract class Collector<T> implements Flow.Subscriber<T> {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Received received;
  private final long batch;
  private Flow.Subscription subscription;

  Collector(Received received, long batch) {
    this.received = received;
    this.batch = batch;
  }

  abstract void add(Received into, T item);

  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    received.head();
    started.request(batch);
  }

  @Override
  public void onNext(T item) {
    add(received, item);
    if (batch > 1) {
      received.pause();
    } else if (received.isPauseDue()) {
      later().execute(() -> subscription.request(1));
    } else {
      subscription.request(1);
    }
  }

  private Executor later() {
    return CompletableFuture.delayedExecutor(received.pauseMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
    received.told();
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
