package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Demand;
import io.stallguard.core.Guard;
import java.io.EOFException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the client and the app's body subscriber: sees what is asked for and what comes.
 */
final class GuardedBodySubscriber<T> implements BodySubscriber<T> {
  // Signals stay serial: the guard is AWAITING only while no signal is being delivered, so the
  // abort's onError cannot meet another one, and what comes after the decision is dropped.

  /**
   * Whose onSubscribe runs on this thread, for an input stream that hides behind other decorators.
   */
  private static final ThreadLocal<@Nullable Guard> SUBSCRIBING = new ThreadLocal<>();

  private final BodySubscriber<T> subscriber;
  private final Guard guard;
  private final BodyAbort abort;
  private final Demand demand;
  private volatile boolean readByThread;

  GuardedBodySubscriber(BodySubscriber<T> subscriber, Guard guard, BodyAbort abort) {
    this.subscriber = subscriber;
    this.guard = guard;
    this.abort = abort;
    this.demand = Demand.markedElsewhere(guard);
  }

  /**
   * An input stream was subscribed behind a decorator of the app's: when its reader waits cannot be
   * seen, and its asking ahead must not be taken for waiting.
   */
  static void standBackFromHiddenReader() {
    Guard hidden = SUBSCRIBING.get();
    if (hidden != null) {
      hidden.finished();
    }
  }

  @Override
  public CompletionStage<T> getBody() {
    CompletableFuture<T> body = new CompletableFuture<>();
    subscriber
        .getBody()
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                body.complete(value);
              } else {
                body.completeExceptionally(failure);
              }
              // Only now: the client has heard of it, as what depends on the body ran in there.
              abort.bodyTold();
            });
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    GuardedSubscription subscription = new GuardedSubscription(upstream, guard, demand);
    abort.bind(upstream, subscription);
    SUBSCRIBING.set(guard);
    try {
      subscriber.onSubscribe(subscription);
    } finally {
      SUBSCRIBING.remove();
      readByThread = subscription.isReadByThread();
      delivered();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    long bytes = 0;
    for (int i = 0; i < item.size(); i++) {
      bytes += item.get(i).remaining();
      guard.scan(item.get(i));
    }
    boolean wanted = readByThread ? guard.buffered(bytes) : demand.delivering(bytes);
    try {
      if (wanted) {
        subscriber.onNext(item);
      }
    } finally {
      delivered();
    }
  }

  private void delivered() {
    if (!readByThread) {
      demand.delivered();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (guard.finished()) {
      subscriber.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    boolean normal = guard.completed();
    EOFException truncation = guard.truncation();
    if (truncation == null) {
      if (normal) {
        subscriber.onComplete();
      }
    } else if (readByThread) {
      // An error would make the stream drop what its reader has not taken yet.
      abort.truncated(truncation);
      subscriber.onComplete();
    } else {
      subscriber.onError(truncation);
    }
  }
}
