package io.stallguard.probes;

import java.io.IOException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Spring's WebClient 5.3 to 7.0 on Reactor Netty. */
final class WebClientProbe implements Probe {
  private static final int MANY = 1000;

  private final WebClient http1 = client(HttpProtocol.HTTP11);
  private final WebClient priorKnowledge = client(HttpProtocol.H2C);
  private final WebClient http2 =
      client(
          HttpClient.create(ConnectionProvider.create("h2", MANY))
              .protocol(HttpProtocol.H2)
              .secure());

  private static WebClient client(HttpProtocol protocol) {
    return client(HttpClient.create(ConnectionProvider.create("probe", MANY)).protocol(protocol));
  }

  private static WebClient client(HttpClient client) {
    return WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
  }

  private WebClient client(Job job) {
    if (!job.http2()) {
      return http1;
    }
    return job.url().startsWith("https") ? http2 : priorKnowledge;
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "buffers":
        for (DataBuffer buffer : body(job, received, DataBuffer.class).toIterable(1)) {
          add(buffer, received);
          received.pause();
        }
        break;
      case "events":
        for (String data : body(job, received, String.class).toIterable(1)) {
          received.add(data);
          received.pause();
        }
        break;
      default:
        throw job.unknownForm();
    }
  }

  private <T> Flux<T> body(Job job, Received received, Class<T> type) {
    WebClient.RequestBodySpec request =
        client(job).method(HttpMethod.valueOf(job.method())).uri(java.net.URI.create(job.url()));
    if (job.method().equals("POST")) {
      request.header("Content-Type", "application/json").bodyValue("{}");
    }
    return request.exchangeToFlux(
        response -> {
          received.head();
          return response.bodyToFlux(type);
        });
  }

  private static void add(DataBuffer buffer, Received received) throws IOException {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    // An empty one is the end of a stream of HTTP/2, on Reactor Netty 1.0.
    if (bytes.length > 0) {
      received.add(bytes, bytes.length);
    }
  }
}
