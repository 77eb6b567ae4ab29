package io.stallguard.probes;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The JDK's HttpURLConnection. */
final class HttpUrlConnectionProbe implements Probe {
  private static final String TYPE = "text/event-stream";

  @Override
  public void run(Job job, Received received) throws Exception {
    if (job.form().equals("server")) {
      serve(job, received);
      return;
    }
    HttpURLConnection connection = open(job.url(), job.method());
    if (job.method().equals("POST")) {
      try (OutputStream out = connection.getOutputStream()) {
        out.write("{}".getBytes(StandardCharsets.UTF_8));
      }
    }
    try (InputStream in = connection.getInputStream()) {
      received.head();
      read(job, in, received);
    }
  }

  private static HttpURLConnection open(String url, String method) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setRequestMethod(method);
    connection.setDoOutput(method.equals("POST"));
    return connection;
  }

  private static void read(Job job, InputStream in, Received received) throws IOException {
    switch (job.form()) {
      case "stream":
        received.readAll(in);
        break;
      case "lines":
        received.readLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        break;
      case "single-bytes":
        for (int value = in.read(); value >= 0; value = in.read()) {
          received.add(new byte[] {(byte) value}, 1);
          received.pause();
        }
        break;
      default:
        throw job.unknownForm();
    }
  }

  /** A server in this JVM that reads a request body which pauses in the middle. */
  private static void serve(Job job, Received received) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.readAll(exchange.getRequestBody());
          exchange.getResponseHeaders().add("Content-Type", TYPE);
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });
    server.start();
    try {
      post("http://127.0.0.1:" + server.getAddress().getPort() + "/", job.pauseMillis());
    } finally {
      server.stop(0);
    }
  }

  private static void post(String url, long pauseMillis) throws IOException {
    HttpURLConnection connection = open(url, "POST");
    connection.setRequestProperty("Content-Type", TYPE);
    connection.setChunkedStreamingMode(16);
    try (OutputStream out = connection.getOutputStream()) {
      out.write("data: 1\n\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      out.write("data: 3\n\n".getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    connection.getInputStream().close();
  }
}
