package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Guard;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.BasicAsyncResponseConsumer;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Stands between the client and the app's response consumer: sees what it takes, and when. */
final class GuardedConsumer<T> implements HttpAsyncResponseConsumer<T> {
  /** The context's attribute for the connection, in all versions. */
  private static final String CONNECTION = "http.connection";

  private final HttpAsyncResponseConsumer<T> consumer;
  private final HttpContext context;
  private final BasicFuture<?> future;
  private final Engine engine;
  private final ThreadLocal<AppWorld> worlds;
  private final AtomicBoolean told = new AtomicBoolean();

  /** The body, if it is guarded. Written on the connection's thread. */
  private volatile @Nullable GuardedBody body;

  /** What the app is to see instead of the end that came. */
  private volatile @Nullable Exception failure;

  GuardedConsumer(
      HttpAsyncResponseConsumer<T> consumer,
      HttpContext context,
      BasicFuture<?> future,
      Engine engine,
      ThreadLocal<AppWorld> worlds) {
    this.consumer = consumer;
    this.context = context;
    this.future = future;
    this.engine = engine;
    this.worlds = worlds;
  }

  @Override
  public void responseReceived(HttpResponse response) throws IOException, HttpException {
    GuardedBody opened = open(response);
    body = opened;
    try {
      consumer.responseReceived(response);
    } finally {
      if (opened != null) {
        opened.begins();
      }
    }
  }

  private @Nullable GuardedBody open(HttpResponse response) {
    try {
      NHttpClientConnection connection = (NHttpClientConnection) context.getAttribute(CONNECTION);
      return response.getEntity() == null ? null : open(response, connection);
    } catch (Throwable t) {
      // The exchange as it is, unguarded, is what the app asked for.
      engine.errors().record("head of apache-httpasyncclient-4", t);
      return null;
    }
  }

  private @Nullable GuardedBody open(HttpResponse response, NHttpClientConnection connection) {
    HttpAsyncClientExchangeHandler exchange = exchange(connection);
    ExchangeAbort abort =
        ExchangeAbort.ofBody(
            connection,
            exchange,
            future,
            engine.callbacks(),
            worlds.get(),
            CoroutineJob.of(consumer));
    Guard guard = engine.open(Heads.exchange(response, context, connection), abort);
    if (guard == null) {
      return null;
    }
    if (consumer.getClass() == BasicAsyncResponseConsumer.class) {
      guard.collected();
    }
    connection
        .getContext()
        .setAttribute(
            HttpAsyncRequestExecutor.HTTP_HANDLER, GuardedExchange.ofBody(exchange, guard, abort));
    return new GuardedBody(guard);
  }

  private static HttpAsyncClientExchangeHandler exchange(NHttpClientConnection connection) {
    return (HttpAsyncClientExchangeHandler)
        connection.getContext().getAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    GuardedBody guarded = body;
    if (guarded == null) {
      consumer.consumeContent(decoder, control);
      return;
    }
    try {
      if (guarded.delivering()) {
        consumer.consumeContent(guarded.decoder(decoder), control(guarded, control));
      }
    } finally {
      guarded.delivered();
    }
  }

  private IOControl control(GuardedBody guarded, IOControl plain) {
    try {
      return guarded.control(plain);
    } catch (Throwable t) {
      // A consumer that suspends its input unseen would look like one that waits.
      engine.errors().record("control of apache-httpasyncclient-4", t);
      guarded.finished();
      body = null;
      return plain;
    }
  }

  @Override
  public void responseCompleted(HttpContext completed) {
    GuardedBody guarded = body;
    if (guarded == null || guarded.completed() == BodyEnd.NORMAL) {
      consumer.responseCompleted(completed);
    } else if (told.compareAndSet(false, true)) {
      end(guarded, completed);
    }
  }

  private void end(GuardedBody guarded, HttpContext completed) {
    Exception instead = guarded.failure();
    try {
      if (instead == null) {
        // Some consumers know of the end by the decoder alone.
        consumer.consumeContent(new EndedDecoder(), guarded.control());
        consumer.responseCompleted(completed);
        return;
      }
    } catch (IOException | RuntimeException e) {
      instead = e;
    }
    failure = instead;
    consumer.failed(instead);
  }

  @Override
  public void failed(Exception cause) {
    GuardedBody guarded = body;
    if (guarded == null || guarded.finished() || told.compareAndSet(false, true)) {
      consumer.failed(cause);
    }
  }

  @Override
  public @Nullable Exception getException() {
    Exception instead = failure;
    return instead != null ? instead : consumer.getException();
  }

  @Override
  public T getResult() {
    return consumer.getResult();
  }

  @Override
  public boolean isDone() {
    return consumer.isDone();
  }

  @Override
  public boolean cancel() {
    finish();
    return consumer.cancel();
  }

  @Override
  public void close() throws IOException {
    finish();
    consumer.close();
  }

  private void finish() {
    GuardedBody guarded = body;
    if (guarded != null) {
      guarded.finished();
    }
  }
}
