package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.SocketException;

/** Closes a socket under its reader. */
final class SocketAbort implements Abort {
  // The socket is held weakly: a guard may outlive an abandoned stream. While a thread waits in a
  // read, its stack holds the socket.

  private final WeakReference<Socket> socket;
  private final TlsSocket tls;

  SocketAbort(Socket socket, TlsSocket tls) {
    this.socket = new WeakReference<>(socket);
    this.tls = tls;
  }

  /** The plain socket under a TLS socket first: a layered one need not close it by itself. */
  @Override
  public void abort(Guard guard) throws IOException {
    Socket own = socket.get();
    if (own != null) {
      close(tls.under(own));
      close(own);
    }
  }

  @Override
  public void escalate(Guard guard) throws IOException {
    Socket own = socket.get();
    if (own != null) {
      close(tls.under(own));
    }
  }

  /**
   * Without lingering: a TLS socket would wait for the lock of a blocked writer so as to say
   * goodbye to a peer that does not listen.
   */
  private static void close(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Closed meanwhile, or of a kind without lingering: closing it is all that is left to do.
    }
    socket.close();
  }
}
