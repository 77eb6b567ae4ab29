package io.stallguard.instrumentation.httpurlconnection.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketException;

/** Closes the socket under a connection; the JDK then drops it instead of keeping it alive. */
final class SocketAbort implements Abort {
  private final ConnectionSocket sockets;
  private final HttpURLConnection connection;

  SocketAbort(ConnectionSocket sockets, HttpURLConnection connection) {
    this.sockets = sockets;
    this.connection = connection;
  }

  @Override
  public void abort(Guard guard) throws IOException, IllegalAccessException {
    Socket socket = sockets.of(connection);
    // Null: the reader was back before us, and the connection is closed already.
    if (socket != null) {
      lingerNot(socket);
      socket.close();
    }
  }

  /**
   * Lets a TLS socket close at once: otherwise it waits for the lock of a blocked writer so as to
   * say goodbye to a peer that does not listen.
   */
  private static void lingerNot(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Closed meanwhile, or of a kind without lingering: closing it is all that is left to do.
    }
  }
}
