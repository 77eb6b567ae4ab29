package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import io.stallguard.core.words.Exchange;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decorates the app's body handler: once the head is there, decides whether to guard the body, and
 * has its consumer marked where others share its connection.
 */
final class GuardedBodyHandler<T> implements BodyHandler<T>, Consumer<CompletableFuture<?>> {
  private final BodyHandler<T> handler;
  private final HttpRequest request;
  private final Engine engine;
  private final Supplier<Lane> lane;
  private final @Nullable Executor executor;
  private final ClientLooks looks;
  private final ReturnedFuture returned = new ReturnedFuture();

  GuardedBodyHandler(
      BodyHandler<T> handler,
      HttpRequest request,
      Engine engine,
      Supplier<Lane> lane,
      @Nullable Executor executor,
      ClientLooks looks) {
    this.handler = handler;
    this.request = request;
    this.engine = engine;
    this.lane = lane;
    this.executor = executor;
    this.looks = looks;
  }

  /** Is told by the advice what the app is given for the response. */
  @Override
  public void accept(CompletableFuture<?> future) {
    returned.is(future);
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo head) {
    BodySubscriber<T> subscriber = handler.apply(head);
    try {
      return decorated(head, Objects.requireNonNull(subscriber, "the handler's subscriber"));
    } catch (Throwable t) {
      // The subscriber as it is, unguarded, is what the app gave.
      engine.errors().record("body handler of java-http-client", t);
      return subscriber;
    }
  }

  private BodySubscriber<T> decorated(ResponseInfo head, BodySubscriber<T> subscriber) {
    Lane shared = isHttp2(head) ? lane.get() : null;
    BodySubscriber<T> guarded = guarded(head, subscriber, shared);
    return shared != null && MarkedBodySubscriber.mayBeBusy(subscriber)
        ? new MarkedBodySubscriber<>(guarded, engine.mark(shared))
        : guarded;
  }

  private BodySubscriber<T> guarded(
      ResponseInfo head, BodySubscriber<T> subscriber, @Nullable Lane shared) {
    CompletableFuture<T> body = new CompletableFuture<>();
    BodyOutcome outcome = new BodyOutcome(subscriber, body, returned);
    BodyAbort abort =
        new BodyAbort(
            outcome,
            executor,
            engine.callbacks(),
            looks,
            shared != null,
            CoroutineJob.of(subscriber));
    Guard guard = engine.openUnseen(exchange(head), abort, shared);
    if (guard == null) {
      return subscriber;
    }
    if (ClientsOwn.keeps(subscriber)) {
      guard.collected();
    }
    return new GuardedBodySubscriber<>(subscriber, engine, guard, body, outcome, abort);
  }

  private Exchange exchange(ResponseInfo head) {
    return SentExchanges.described(request)
        .response(
            isHttp2(head) ? "HTTP/2" : "HTTP/1.1",
            head.statusCode(),
            head.headers().firstValue("Content-Type").orElse(null))
        .encoding(head.headers().firstValue("Content-Encoding").orElse(null))
        .build();
  }

  private static boolean isHttp2(ResponseInfo head) {
    return head.version() == HttpClient.Version.HTTP_2;
  }
}
