package io.stallguard.instrumentation.apachehttpclient4.helpers;

import io.stallguard.core.engine.LentConnection;
import io.stallguard.core.wire.ConnectionSocket;
import java.io.IOException;
import org.apache.http.HttpClientConnection;

/** Shuts a connection down, by the one of its methods that is meant for other threads. */
final class ConnectionAbort extends LentConnection {
  /**
   * The methods that lead to the socket: a connection of HttpCore has it, one of HttpClient too,
   * and one of old wraps another.
   */
  static final ConnectionSocket SOCKETS = new ConnectionSocket("getSocket", "getWrappedConnection");

  private final HttpClientConnection connection;

  ConnectionAbort(HttpClientConnection connection) {
    super(SOCKETS.of(connection));
    this.connection = connection;
  }

  @Override
  protected boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  protected void shutDown() throws IOException {
    connection.shutdown();
  }

  @Override
  public void close() throws IOException {
    super.close();
    PoolRelease.release(connection);
  }
}
