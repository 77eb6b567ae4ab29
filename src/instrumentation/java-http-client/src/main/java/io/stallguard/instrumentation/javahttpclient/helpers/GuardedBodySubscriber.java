package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Demand;
import io.stallguard.core.engine.Guard;
import java.io.EOFException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the client and the app's body subscriber: sees what is asked for and what comes.
 */
final class GuardedBodySubscriber<T> implements BodySubscriber<T>, Supplier<BodySubscriber<T>> {
  // Signals stay serial: the guard is AWAITING only while no signal is being delivered, so what the
  // app is told by decision cannot meet another one. What comes after the decision is dropped but
  // for an end, which brings what was decided if nobody else has.

  /**
   * The subscriber whose onSubscribe runs on this thread, for an input stream that hides behind
   * other decorators.
   */
  private static final ThreadLocal<@Nullable GuardedBodySubscriber<?>> SUBSCRIBING =
      new ThreadLocal<>();

  private final BodySubscriber<T> subscriber;
  private final Engine engine;
  private final Guard guard;
  private final CompletableFuture<T> body;
  private final BodyOutcome outcome;
  private final BodyAbort abort;
  private final Demand demand;
  private @Nullable GuardedSubscription subscription;

  /** Whether a reader was found that nobody sees wait. Thread that subscribes. */
  private boolean hidden;

  GuardedBodySubscriber(
      BodySubscriber<T> subscriber,
      Engine engine,
      Guard guard,
      CompletableFuture<T> body,
      BodyOutcome outcome,
      BodyAbort abort) {
    this.subscriber = subscriber;
    this.engine = engine;
    this.guard = guard;
    this.body = body;
    this.outcome = outcome;
    this.abort = abort;
    this.demand = Demand.markedElsewhere(guard);
  }

  /**
   * An input stream was subscribed behind a decorator of the app's: when its reader waits cannot be
   * seen, and its asking ahead must not be taken for waiting.
   */
  static void standBackFromHiddenReader() {
    GuardedBodySubscriber<?> hiding = SUBSCRIBING.get();
    if (hiding != null) {
      hiding.standBack();
    }
  }

  private void standBack() {
    hidden = true;
    guard.finished();
    engine.coverage().hidesReader(GuardedHttpClient.NAME);
  }

  /** Gives the advice the app's subscriber, or the client's own. */
  @Override
  public BodySubscriber<T> get() {
    return subscriber;
  }

  @Override
  public CompletionStage<T> getBody() {
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
              abort.bodyKnown();
            });
    abort.bodyAsked();
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    GuardedSubscription made = new GuardedSubscription(upstream, guard, demand, outcome);
    subscription = made;
    abort.bind(upstream);
    SUBSCRIBING.set(this);
    try {
      subscriber.onSubscribe(made);
    } finally {
      SUBSCRIBING.remove();
      if (!hidden) {
        engine.demandSeen(guard);
      }
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
    boolean wanted = isReadByThread() ? guard.buffered(bytes) : demand.delivering(bytes);
    try {
      if (wanted) {
        subscriber.onNext(item);
      }
    } finally {
      delivered();
    }
  }

  private void delivered() {
    if (!isReadByThread()) {
      demand.delivered();
    }
  }

  /**
   * Whether a thread reads the body. Known before the stream asks for anything, so before anything
   * comes on another thread.
   */
  private boolean isReadByThread() {
    GuardedSubscription reader = subscription;
    return reader != null && reader.isReadByThread();
  }

  @Override
  public void onError(Throwable failure) {
    if (guard.isDecided() || !guard.finished()) {
      abort.broughtByClient(guard, failure);
    } else {
      subscriber.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (guard.isDecided()) {
      abort.broughtByClient(guard, null);
      return;
    }
    BodyEnd end = guard.completed();
    EOFException truncation = guard.truncation();
    if (truncation != null) {
      fail(truncation);
    } else if (end == BodyEnd.NORMAL) {
      subscriber.onComplete();
    } else {
      abort.broughtByClient(guard, null);
    }
  }

  private void fail(EOFException truncation) {
    GuardedSubscription reader = subscription;
    if (reader != null && reader.isReadByThread()) {
      // An error would make the stream drop what its reader has not taken yet.
      reader.end().truncated(truncation);
      subscriber.onComplete();
    } else {
      subscriber.onError(truncation);
    }
  }
}
