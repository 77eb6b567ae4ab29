package io.stallguard.probes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A server on Netty in the app's JVM: what it reads is no answer to anybody. */
final class NettyServer {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
          + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private NettyServer() {}

  /** What the server gives back of a request whose body pauses in its middle. */
  static String answerToSlowRequest(long pauseMillis) throws IOException, InterruptedException {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((in, out) -> out.sendString(in.receive().aggregate().asString()))
            .bindNow();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(client, HEAD + "9\r\ndata: 1\n\n\r\n");
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      send(client, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
      String answer = all(client.getInputStream());
      if (!answer.contains("data: 1\n\ndata: 2\n\n")) {
        throw new IOException("the server answered " + answer);
      }
      return answer;
    } finally {
      server.disposeNow();
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      all.write(b);
    }
    return new String(all.toByteArray(), US_ASCII);
  }
}
