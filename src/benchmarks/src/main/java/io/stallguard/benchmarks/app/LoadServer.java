package io.stallguard.benchmarks.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.benchmarks.MemoryStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * Answers as fast as can be: a small JSON text, or a stream of server-sent events, each in a chunk
 * and a write of its own.
 */
final class LoadServer {
  // What the server takes of the machine hides what the agent takes: so it is made of bare sockets
  // and knows no more of HTTP than the four clients need.

  static final String READY = "listening on ";
  static final String CALL = "/call";
  static final String STREAM = "/stream";

  /** Of one stream: a short answer of a model. */
  static final int EVENTS = 500;

  static final String JSON = "{\"answer\":\"" + "a piece of text ".repeat(12) + "\"}";

  private static final String LENGTH = "content-length:";
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + JSON.length()
              + "\r\n\r\n"
              + JSON)
          .getBytes(US_ASCII);
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          .getBytes(US_ASCII);
  private static final byte[] EVENT = chunk(MemoryStream.event());
  private static final byte[] END = "0\r\n\r\n".getBytes(US_ASCII);

  private LoadServer() {}

  /** Listens until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    daemon(() -> accept(server));
    System.out.println(READY + "http://127.0.0.1:" + server.getLocalPort());
    while (System.in.read() >= 0) {
      // Who started it keeps it open.
    }
  }

  private static byte[] chunk(byte[] bytes) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
    chunk.writeBytes(bytes);
    chunk.writeBytes("\r\n".getBytes(US_ASCII));
    return chunk.toByteArray();
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The client is gone, or the server is closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void accept(ServerSocket server) throws IOException {
    while (true) {
      Socket socket = server.accept();
      socket.setTcpNoDelay(true);
      daemon(() -> serve(socket));
    }
  }

  private static void serve(Socket socket) throws IOException {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String request = line(in); !request.isEmpty(); request = line(in)) {
        in.skipNBytes(bodyLength(in));
        answer(out, request.contains(" " + STREAM + " "));
      }
    }
  }

  private static void answer(OutputStream out, boolean streamed) throws IOException {
    if (!streamed) {
      out.write(ANSWER);
      return;
    }
    out.write(HEAD);
    for (int i = 0; i < EVENTS; i++) {
      out.write(EVENT);
    }
    out.write(END);
  }

  private static int bodyLength(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).trim());
      }
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().trim();
  }

  /** Work on a connection, which may break at any time. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }
}
