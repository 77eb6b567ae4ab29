package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The other end of loopback connections: sends a response head, then events without a pause. */
final class Feeder implements AutoCloseable {
  /** Nothing tells the length of the body. */
  static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(US_ASCII);

  /** So much in one write that it takes nothing, in comparison, of the processor. */
  private static final int EVENTS = 1024;

  private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final byte[] block = new byte[EVENTS * MemoryStream.CHUNK];

  Feeder() throws IOException {
    byte[] event = MemoryStream.event();
    for (int i = 0; i < EVENTS; i++) {
      System.arraycopy(event, 0, block, i * event.length, event.length);
    }
  }

  /** A connection to it, from which always as much can be read as is asked for. */
  Socket connect() throws IOException {
    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
    Socket peer = server.accept();
    Thread feeding = new Thread(() -> feed(peer), "feeder");
    feeding.setDaemon(true);
    feeding.start();
    return socket;
  }

  private void feed(Socket peer) {
    try (peer) {
      peer.getOutputStream().write(HEAD);
      while (true) {
        peer.getOutputStream().write(block);
      }
    } catch (IOException e) {
      // The reader has had enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
