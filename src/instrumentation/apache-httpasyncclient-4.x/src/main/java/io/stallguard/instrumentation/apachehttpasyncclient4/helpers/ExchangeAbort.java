package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.HttpException;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;

/**
 * Fails an exchange, and the client shuts its connection down; or shuts it down and lets the client
 * complete the exchange.
 */
final class ExchangeAbort implements Abort {
  private final NHttpClientConnection connection;
  private final HttpAsyncClientExchangeHandler exchange;
  private final BasicFuture<?> future;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param connection the client's lease of it: once it was given back, nothing here touches it
   * @param exchange takes a failure once, from whichever thread comes first
   * @param future what the app was given, which the minimal client forgets to fail
   */
  ExchangeAbort(
      NHttpClientConnection connection,
      HttpAsyncClientExchangeHandler exchange,
      BasicFuture<?> future) {
    this.connection = connection;
    this.exchange = exchange;
    this.future = future;
  }

  @Override
  public void abort(Guard guard) throws IOException {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    if (guard.isEnded()) {
      guard.released();
      complete();
    } else {
      fail(guard.stallException(null));
    }
  }

  private void fail(Exception stall) {
    try {
      exchange.failed(stall);
    } finally {
      future.failed(stall);
    }
  }

  /** The connection is taken from the exchange first, so that its closing is no failure of it. */
  private void complete() throws IOException {
    connection.getContext().removeAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
    connection.shutdown();
    try {
      exchange.responseCompleted();
    } catch (HttpException | IOException e) {
      exchange.failed(e);
    }
  }

  /** The app's callback hangs, or no thread was free for the abort yet. */
  @Override
  public void escalate(Guard guard) throws IOException {
    try {
      abort(guard);
    } finally {
      connection.shutdown();
    }
  }
}
