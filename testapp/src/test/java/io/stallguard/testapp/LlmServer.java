package io.stallguard.testapp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that streams "Hello world" in the format of whichever LLM API is asked. */
final class LlmServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger failures = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  LlmServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next so many answers break off after their first text. */
  void breakOff(int answers) {
    failures.set(answers);
  }

  void answerWith(int status) {
    this.status = status;
  }

  /** Path, query and body of each. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestURI() + " " + body);
    String path = exchange.getRequestURI().getPath();
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            path.endsWith("/api/chat") ? "application/x-ndjson" : "text/event-stream");
    exchange.sendResponseHeaders(status, 0);
    boolean breaksOff = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    List<String> events = LlmAnswers.events(path);
    for (String event : breaksOff ? events.subList(0, 2) : events) {
      exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    }
    if (breaksOff) {
      // The JDK's server closes the connection at once, where close() of the exchange would end the
      // body properly.
      throw new IOException("The answer breaks off");
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
