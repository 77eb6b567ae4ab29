package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.Closeable;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;

/**
 * Closes the raw socket under a connection, with {@code SO_LINGER 0}.
 *
 * <p>That waits for no lock of a reader or a TLS peer, so there is nothing harder to escalate to.
 */
final class ConnectionAbort implements Abort, Closeable {
  // Once only: a connection manager may bind the same object to a new socket, which is another
  // exchange's. Under a lock, so that a reader who comes second returns to a closed connection.

  private final HttpClientConnection connection;
  private boolean closed;

  ConnectionAbort(HttpClientConnection connection) {
    this.connection = connection;
  }

  @Override
  public void abort(Guard guard) {
    close();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      connection.close(CloseMode.IMMEDIATE);
    }
  }
}
