package io.stallguard.probes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers one request with a stream of chunks that ends with trailers. */
final class TrailerServer implements AutoCloseable {
  /** The trailers, as a list of headers shows itself. */
  static final String TRAILERS = "[X-Checksum: 42]";

  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\n"
          + "Content-Type: text/event-stream\r\n"
          + "Transfer-Encoding: chunked\r\n"
          + "Trailer: X-Checksum\r\n"
          + "\r\n"
          + "9\r\ndata: 1\n\n\r\n"
          + "0\r\nX-Checksum: 42\r\n\r\n";

  private final ServerSocket socket;

  private TrailerServer(ServerSocket socket) {
    this.socket = socket;
  }

  static TrailerServer start() throws IOException {
    TrailerServer server =
        new TrailerServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(server::answer, "trailer-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  private void answer() {
    try (Socket accepted = socket.accept();
        OutputStream out = accepted.getOutputStream();
        InputStream in = accepted.getInputStream()) {
      skipHead(in);
      out.write(ANSWER.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      // Until the client has had enough: a server that closes first could cut the answer short.
      int end = in.read();
      if (end >= 0) {
        throw new IllegalStateException("more than one request");
      }
    } catch (IOException e) {
      // The client sees it.
    }
  }

  /** Up to the empty line. */
  private static void skipHead(InputStream in) throws IOException {
    int lineFeeds = 0;
    while (lineFeeds < 2) {
      int value = in.read();
      if (value != '\r') {
        lineFeeds = value == '\n' ? lineFeeds + 1 : 0;
      }
      if (value < 0) {
        throw new EOFException();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
