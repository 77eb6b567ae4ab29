package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server of streams over connections that are kept: {@code /silent} says nothing after the first
 * event, {@code /first} ends when it is told, {@code /second} is slow.
 */
final class HandOverServer {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\n"
          + "Content-Type: text/event-stream\r\n"
          + "Transfer-Encoding: chunked\r\n"
          + "\r\n";
  private static final String EVENT = "9\r\ndata: 1\n\n\r\n";
  private static final String END = "0\r\n\r\n";

  /** Together longer than any abort is held up. */
  static final int SLOW_EVENTS = 20;

  private static final int SLOW_MILLIS = 250;

  private final ServerSocket socket;
  private final CountDownLatch end = new CountDownLatch(1);

  private HandOverServer(ServerSocket socket) {
    this.socket = socket;
  }

  static HandOverServer start() throws IOException {
    HandOverServer server =
        new HandOverServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    daemon(server::accept);
    return server;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "hand-over-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  /** Lets each first stream end. */
  void end() {
    end.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        daemon(() -> serve(accepted));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(Socket accepted) {
    try (InputStream in = accepted.getInputStream();
        OutputStream out = accepted.getOutputStream()) {
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        send(out, HEAD + EVENT);
        answer(head, out);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  private void answer(String head, OutputStream out) throws IOException, InterruptedException {
    if (head.contains(" /silent")) {
      new CountDownLatch(1).await();
    }
    if (head.contains(" /first")) {
      end.await();
    } else {
      for (int i = 1; i < SLOW_EVENTS; i++) {
        TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        send(out, EVENT);
      }
    }
    send(out, END);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Up to the empty line; empty if there is no other request. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int value = in.read();
      if (value < 0) {
        return "";
      }
      head.append((char) value);
    }
    return head.toString();
  }
}
