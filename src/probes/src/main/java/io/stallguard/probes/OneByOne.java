package io.stallguard.probes;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Asks for the next piece when it is done with one, and is busy with the first for a while. */
abstract class OneByOne<T> implements Subscriber<T> {
  private static final ScheduledExecutorService LATER =
      Executors.newSingleThreadScheduledExecutor();

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Received received;

  /** Null until the first signal. */
  private @Nullable Subscription subscription;

  OneByOne(Received received) {
    this.received = received;
  }

  abstract void add(Received into, T piece);

  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription started) {
    subscription = started;
    started.request(1);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // What the request comes to, the signals tell.
  public void onNext(T piece) {
    add(received, piece);
    Subscription started = Objects.requireNonNull(subscription);
    if (received.isPauseDue()) {
      LATER.schedule(() -> started.request(1), received.pauseMillis(), TimeUnit.MILLISECONDS);
    } else {
      started.request(1);
    }
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
