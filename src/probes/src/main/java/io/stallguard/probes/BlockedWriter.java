package io.stallguard.probes;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/**
 * A client that goes on to write over TLS to a server that reads nothing any more: the writer holds
 * the socket's lock, and the send buffer is full.
 */
final class BlockedWriter {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\n"
          + "Content-Type: text/event-stream\r\n"
          + "Content-Length: 1000\r\n"
          + "\r\n"
          + "data: 1\n\n";
  private static final int PIECE_BYTES = 1 << 16;

  private BlockedWriter() {}

  /** Reads a stream that goes silent. */
  static void read(SocketPair.Kind kind, Received received) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      RawConnection connection = new RawConnection(pair.client());
      connection.send("GET", URI.create("https://localhost/writing"));
      pair.send(ANSWER);
      SocketPair.THREADS.execute(() -> write(pair.client()));
      received.head();
      received.readAll(connection.body());
    }
  }

  private static void write(Socket client) {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      OutputStream out = client.getOutputStream();
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      // The socket was closed, as is to be seen.
    }
  }
}
