package io.stallguard.instrumentation.apachehttpclient4.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.Closeable;
import java.io.IOException;
import org.apache.http.HttpClientConnection;

/**
 * Shuts a connection down: the one of its methods that is meant for other threads.
 *
 * <p>It closes the socket that the client reads from, and nothing in the public API reaches one
 * below it, so there is nothing harder to escalate to.
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
  public void abort(Guard guard) throws IOException {
    shutdown();
  }

  /** By the reader, before it tells the client of the end. */
  @Override
  public void close() throws IOException {
    shutdown();
    PoolRelease.release(connection);
  }

  private synchronized void shutdown() throws IOException {
    if (!closed) {
      closed = true;
      connection.shutdown();
    }
  }
}
