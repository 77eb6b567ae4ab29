package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.engine.BusyMark;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * Marks the lane of an HTTP/2 connection while a body subscriber is busy, whether its answer is
 * guarded or not: all subscribers of the connection run on the thread that reads it.
 */
final class MarkedBodySubscriber<T> implements BodySubscriber<T>, Supplier<BodySubscriber<T>> {
  /**
   * The JDK's own subscribers that run nothing of the app's and never block: they collect, queue or
   * drop. Their own class counts, so one that maps their result is none of them: it runs the app's
   * function on the connection's thread. What is not marked stays the JDK's own object.
   */
  private static final Set<String> NEVER_BUSY =
      Set.of(
          "jdk.internal.net.http.ResponseSubscribers$ByteArraySubscriber",
          "jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream",
          "jdk.internal.net.http.ResponseSubscribers$NullSubscriber");

  private final BodySubscriber<T> subscriber;
  private final BusyMark mark;

  MarkedBodySubscriber(BodySubscriber<T> subscriber, BusyMark mark) {
    this.subscriber = subscriber;
    this.mark = mark;
  }

  /** Whether a subscriber of the app's may keep the thread that calls it. */
  static boolean mayBeBusy(BodySubscriber<?> subscriber) {
    return !NEVER_BUSY.contains(subscriber.getClass().getName());
  }

  /** Gives the advice the app's subscriber, or the client's own. */
  @Override
  public BodySubscriber<T> get() {
    return subscriber instanceof GuardedBodySubscriber
        ? ((GuardedBodySubscriber<T>) subscriber).get()
        : subscriber;
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    mark.begins();
    try {
      subscriber.onSubscribe(subscription);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    mark.begins();
    try {
      subscriber.onNext(item);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void onError(Throwable failure) {
    mark.begins();
    try {
      subscriber.onError(failure);
    } finally {
      mark.ends();
    }
  }

  @Override
  public void onComplete() {
    mark.begins();
    try {
      subscriber.onComplete();
    } finally {
      mark.ends();
    }
  }
}
