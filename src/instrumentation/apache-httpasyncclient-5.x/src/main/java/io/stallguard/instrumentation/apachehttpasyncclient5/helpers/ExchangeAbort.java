package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/**
 * Ends what carries an exchange, then tells its handler of the end or the failure, as the client
 * itself would.
 */
final class ExchangeAbort implements Abort {
  private final AsyncClientExchangeHandler handler;
  private final Carrier carrier;
  private final AtomicBoolean told = new AtomicBoolean();

  ExchangeAbort(AsyncClientExchangeHandler handler, Carrier carrier) {
    this.handler = handler;
    this.carrier = carrier;
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
    boolean alone = false;
    try {
      alone = carrier.end();
    } finally {
      if (told.compareAndSet(false, true)) {
        tell(guard, alone);
      }
    }
  }

  private void tell(Guard guard, boolean alone) {
    try {
      if (guard.isEnded()) {
        guard.released();
        end();
      } else {
        KeptConnection.during(alone, () -> handler.failed(guard.stallException(null)));
      }
    } finally {
      handler.releaseResources();
    }
  }

  private void end() {
    try {
      handler.streamEnd(null);
    } catch (HttpException | IOException | RuntimeException e) {
      // The app does not take the end: the client would tell it so.
      handler.failed(e);
    }
  }
}
