package io.stallguard.benchmarks.busy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that answers one event and is silent then; to what asks for {@link #MUTE} it does not
 * answer at all.
 */
final class SilentServer {
  static final String MUTE = "/mute";

  private static final byte[] ANSWER =
      String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream",
              "Transfer-Encoding: chunked",
              "",
              "9",
              "data: x\n\n",
              "")
          .getBytes(StandardCharsets.US_ASCII);

  private static final int BACKLOG = 100;
  private static final int REQUEST_BYTES = 4096;

  private final ServerSocket socket;

  private SilentServer(ServerSocket socket) {
    this.socket = socket;
  }

  static SilentServer start() {
    try {
      SilentServer server =
          new SilentServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
      begin(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void begin(Runnable task) {
    Thread thread = new Thread(task, "server");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  String url(String path) {
    return "http://127.0.0.1:" + address().getPort() + path;
  }

  private void accept() {
    while (true) {
      try {
        Socket accepted = socket.accept();
        begin(() -> serve(accepted));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void serve(Socket accepted) {
    byte[] request = new byte[REQUEST_BYTES];
    try (accepted;
        InputStream in = accepted.getInputStream();
        OutputStream out = accepted.getOutputStream()) {
      int count = in.read(request);
      String text = new String(request, 0, Math.max(0, count), StandardCharsets.US_ASCII);
      if (count > 0 && !text.contains(MUTE)) {
        out.write(ANSWER);
      }
      while (count >= 0) {
        count = in.read(request);
      }
    } catch (IOException e) {
      // Whoever waited has closed it.
    }
  }
}
