package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.engine.Guard;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the app's request producer: sees when a request was sent, and has its head waited
 * for.
 */
final class WatchedRequest implements HttpAsyncRequestProducer {
  // Each request of an exchange has a wait of its own, those that follow a redirect or a challenge
  // too: between two of them the client may have given the connection back. The consumer sees the
  // last head alone, so the wait ends where the connection tells the exchange of a head.

  /** The context's attribute for the connection, in all versions. */
  private static final String CONNECTION = "http.connection";

  private final HttpAsyncRequestProducer producer;
  private final BasicFuture<?> future;
  private final Engine engine;
  private final ThreadLocal<AppWorld> worlds;

  /** The guard of the wait, while there is one. Written on the connection's thread. */
  private volatile @Nullable Guard guard;

  WatchedRequest(
      HttpAsyncRequestProducer producer,
      BasicFuture<?> future,
      Engine engine,
      ThreadLocal<AppWorld> worlds) {
    this.producer = producer;
    this.future = future;
    this.engine = engine;
    this.worlds = worlds;
  }

  @Override
  public void requestCompleted(HttpContext context) {
    producer.requestCompleted(context);
    finish();
    try {
      await(context, (NHttpClientConnection) context.getAttribute(CONNECTION));
    } catch (Throwable t) {
      // Unguarded is what the app asked for.
      engine.errors().record("request of apache-httpasyncclient-4", t);
    }
  }

  private void await(HttpContext context, NHttpClientConnection connection) {
    if (!engine.limitsHeads() || connection.getHttpResponse() != null) {
      // An answer that has come before all of the request was sent.
      return;
    }
    HttpContext attributes = connection.getContext();
    HttpAsyncClientExchangeHandler exchange =
        (HttpAsyncClientExchangeHandler)
            attributes.getAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
    ExchangeAbort abort =
        ExchangeAbort.beforeHead(connection, exchange, future, engine.callbacks(), worlds.get());
    Guard opened = engine.awaitHead(Heads.request(context, connection), abort);
    if (opened != null) {
      guard = opened;
      attributes.setAttribute(
          HttpAsyncRequestExecutor.HTTP_HANDLER,
          GuardedExchange.beforeHead(
              exchange,
              opened,
              abort,
              () -> attributes.setAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER, exchange)));
      opened.requested();
    }
  }

  private void finish() {
    Guard opened = guard;
    if (opened != null) {
      guard = null;
      opened.finished();
    }
  }

  @Override
  public HttpHost getTarget() {
    return producer.getTarget();
  }

  @Override
  public HttpRequest generateRequest() throws IOException, HttpException {
    return producer.generateRequest();
  }

  @Override
  public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
    producer.produceContent(encoder, control);
  }

  @Override
  public void failed(Exception cause) {
    finish();
    producer.failed(cause);
  }

  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public void resetRequest() throws IOException {
    producer.resetRequest();
  }

  /** However the exchange ends. */
  @Override
  public void close() throws IOException {
    finish();
    producer.close();
  }
}
