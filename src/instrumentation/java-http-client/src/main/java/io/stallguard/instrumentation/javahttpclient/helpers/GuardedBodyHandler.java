package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Exchange;
import io.stallguard.core.Guard;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** Decorates the app's body handler: once the head is there, decides whether to guard the body. */
final class GuardedBodyHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> handler;
  private final HttpRequest request;
  private final Engine engine;

  GuardedBodyHandler(BodyHandler<T> handler, HttpRequest request, Engine engine) {
    this.handler = handler;
    this.request = request;
    this.engine = engine;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo head) {
    BodySubscriber<T> subscriber = handler.apply(head);
    try {
      return subscriber == null ? null : guarded(head, subscriber);
    } catch (Throwable t) {
      // The subscriber as it is, unguarded, is what the app gave.
      engine.errors().record("body handler of java-http-client", t);
      return subscriber;
    }
  }

  private BodySubscriber<T> guarded(ResponseInfo head, BodySubscriber<T> subscriber) {
    BodyAbort abort = new BodyAbort(subscriber);
    Guard guard = engine.open(exchange(head), abort);
    return guard == null ? subscriber : new GuardedBodySubscriber<>(subscriber, guard, abort);
  }

  private Exchange exchange(ResponseInfo head) {
    return Exchange.of("java-http-client")
        .request(request.method(), request.uri())
        .response(
            head.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1",
            head.statusCode(),
            head.headers().firstValue("Content-Type").orElse(null))
        .build();
  }
}
