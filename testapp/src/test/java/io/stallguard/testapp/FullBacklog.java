package io.stallguard.testapp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A port of this machine whose queue is full: a connection to it is never established. */
final class FullBacklog implements AutoCloseable {
  private static final int MOST = 100;

  /** On one machine a connection takes none, except that the kernel answers none any more. */
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(2);

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  /** On all of its addresses. */
  FullBacklog() throws IOException {
    server = new ServerSocket(0, 1);
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      queued.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port()),
            (int) FAR_TOO_LONG.toMillis());
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    close();
    throw new IOException("after " + MOST + " connections the queue is not full");
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    server.close();
  }
}
