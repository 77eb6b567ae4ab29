package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/** Ends what carries an exchange, then tells its handler, as the client itself would. */
final class ExchangeAbort implements Abort {
  private final AsyncClientExchangeHandler handler;
  private final Carrier carrier;
  private final KeptConnection kept;
  private final AtomicBoolean told = new AtomicBoolean();

  ExchangeAbort(AsyncClientExchangeHandler handler, Carrier carrier, KeptConnection kept) {
    this.handler = handler;
    this.carrier = carrier;
    this.kept = kept;
  }

  @Override
  public void abort(Guard guard) throws Exception {
    end(guard);
  }

  /** The app's callback hangs, or no thread was free for the abort yet. */
  @Override
  public void escalate(Guard guard) throws Exception {
    end(guard);
  }

  private void end(Guard guard) throws Exception {
    boolean connectionLives = false;
    try {
      connectionLives = carrier.end();
    } finally {
      if (told.compareAndSet(false, true)) {
        tell(guard, connectionLives);
      }
    }
  }

  private void tell(Guard guard, boolean connectionLives) {
    try {
      if (connectionLives) {
        kept.during(() -> fail(guard));
      } else {
        fail(guard);
      }
    } finally {
      handler.releaseResources();
    }
  }

  private void fail(Guard guard) {
    handler.failed(guard.stallException(null));
  }
}
