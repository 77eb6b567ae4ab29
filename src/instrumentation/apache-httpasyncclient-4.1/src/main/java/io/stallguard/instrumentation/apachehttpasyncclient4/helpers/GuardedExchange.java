package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.engine.Guard;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection and an exchange whose head or body is watched: sees how it fails, and
 * when the head comes. Advice in the connection runs it when that gives output.
 */
final class GuardedExchange implements HttpAsyncClientExchangeHandler, Runnable {
  // The consumer below learns of a failure too, but too late: the exchange tells the app what it
  // was told itself.

  private final HttpAsyncClientExchangeHandler exchange;
  private final Guard guard;
  private final ExchangeAbort abort;

  /** What is to be done when the head comes; null if it is there. */
  private final @Nullable Runnable atHead;

  private GuardedExchange(
      HttpAsyncClientExchangeHandler exchange,
      Guard guard,
      ExchangeAbort abort,
      @Nullable Runnable atHead) {
    this.exchange = exchange;
    this.guard = guard;
    this.abort = abort;
    this.atHead = atHead;
  }

  /** Stands before an exchange whose head has come. */
  static GuardedExchange ofBody(
      HttpAsyncClientExchangeHandler exchange, Guard guard, ExchangeAbort abort) {
    return new GuardedExchange(exchange, guard, abort, null);
  }

  /**
   * Stands before an exchange whose head is waited for.
   *
   * @param atHead what is to be done before the exchange is told of it
   */
  static GuardedExchange beforeHead(
      HttpAsyncClientExchangeHandler exchange, Guard guard, ExchangeAbort abort, Runnable atHead) {
    return new GuardedExchange(exchange, guard, abort, atHead);
  }

  @Override
  public void run() {
    abort.passed();
  }

  @Override
  public void failed(Exception cause) {
    if (guard.isDecided()) {
      abort.broughtByClient(guard, cause);
      return;
    }
    try {
      exchange.failed(cause);
    } catch (Error e) {
      abort.failedWithin(cause);
      throw e;
    }
  }

  @Override
  public void responseCompleted() throws IOException, HttpException {
    exchange.responseCompleted();
  }

  @Override
  public HttpRequest generateRequest() throws IOException, HttpException {
    return exchange.generateRequest();
  }

  @Override
  public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
    exchange.produceContent(encoder, control);
  }

  @Override
  public void requestCompleted() {
    exchange.requestCompleted();
  }

  @Override
  public void responseReceived(HttpResponse response) throws IOException, HttpException {
    if (atHead != null && !guard.finished()) {
      abort.broughtByClient(guard, null);
      return;
    }
    if (atHead != null) {
      atHead.run();
    }
    exchange.responseReceived(response);
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    exchange.consumeContent(decoder, control);
  }

  @Override
  public void inputTerminated() {
    exchange.inputTerminated();
  }

  @Override
  public boolean isDone() {
    return exchange.isDone();
  }

  @Override
  public boolean cancel() {
    return exchange.cancel();
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
