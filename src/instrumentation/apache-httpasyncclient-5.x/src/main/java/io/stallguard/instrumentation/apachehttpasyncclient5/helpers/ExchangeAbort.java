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
  private final boolean beforeHead;
  private final AtomicBoolean told = new AtomicBoolean();

  private ExchangeAbort(AsyncClientExchangeHandler handler, Carrier carrier, boolean beforeHead) {
    this.handler = handler;
    this.carrier = carrier;
    this.beforeHead = beforeHead;
  }

  /** Of an exchange whose head has come. */
  static ExchangeAbort ofBody(AsyncClientExchangeHandler handler, Carrier carrier) {
    return new ExchangeAbort(handler, carrier, false);
  }

  /** Of an exchange whose head is waited for. */
  static ExchangeAbort beforeHead(AsyncClientExchangeHandler handler, Carrier carrier) {
    return new ExchangeAbort(handler, carrier, true);
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
        end(alone);
      } else {
        Runnable failure = () -> handler.failed(guard.stallException(null));
        KeptConnection.during(alone, beforeHead, failure);
      }
    } finally {
      handler.releaseResources();
    }
  }

  private void end(boolean alone) {
    try {
      handler.streamEnd(null);
    } catch (HttpException | IOException | RuntimeException e) {
      // The app does not take the end: the client would tell it so.
      KeptConnection.during(alone, () -> handler.failed(e));
    }
  }
}
