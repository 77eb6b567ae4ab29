package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.engine.LentConnection;
import io.stallguard.core.wire.ConnectionSocket;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;

/** Closes a connection without a goodbye. */
final class ConnectionAbort extends LentConnection {
  /**
   * The methods that lead to the socket: a connection of HttpClient has it, and one of HttpCore in
   * a holder.
   */
  static final ConnectionSocket SOCKETS = new ConnectionSocket("getSocket", "getSocketHolder");

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
  protected void shutDown() {
    connection.close(CloseMode.IMMEDIATE);
  }
}
