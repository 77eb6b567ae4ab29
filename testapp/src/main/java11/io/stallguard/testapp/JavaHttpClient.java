package io.stallguard.testapp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

/** Streams through the JDK's {@link HttpClient}, with each of its kinds of body. */
final class JavaHttpClient implements StreamingClient {
  private final Options options;
  private final HttpClient client;

  JavaHttpClient(Options options) {
    this.options = options;
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (options.httpVersion() != null) {
      builder.version(
          options.httpVersion() == HttpVersion.V2
              ? HttpClient.Version.HTTP_2
              : HttpClient.Version.HTTP_1_1);
    }
    client = builder.build();
  }

  @Override
  public void stream(String prompt, Answer answer) throws Exception {
    HttpRequest request = request(new ApiRequest(options, prompt));
    AnswerLines lines = new AnswerLines(options.provider(), answer);
    switch (options.form()) {
      case LINES:
        lines(request, lines);
        break;
      case STRING:
        body(request, BodyHandlers.ofString()).lines().forEach(lines::accept);
        break;
      case LINE_SUBSCRIBER:
        body(request, BodyHandlers.fromLineSubscriber(new LineSubscriber(lines)));
        break;
      case PUBLISHER:
        publisher(request, lines);
        break;
      default:
        lines.readAll(body(request, BodyHandlers.ofInputStream()));
    }
  }

  private void lines(HttpRequest request, AnswerLines lines) throws Exception {
    try (Stream<String> body = body(request, BodyHandlers.ofLines())) {
      body.forEach(lines::accept);
    }
  }

  private void publisher(HttpRequest request, AnswerLines lines) throws Exception {
    Publisher<List<ByteBuffer>> body = body(request, BodyHandlers.ofPublisher());
    BodySubscriber<Void> subscriber = BodySubscribers.fromLineSubscriber(new LineSubscriber(lines));
    body.subscribe(subscriber);
    subscriber.getBody().toCompletableFuture().get();
  }

  private <T> T body(HttpRequest request, BodyHandler<T> handler) throws Exception {
    HttpResponse<T> response =
        options.isAsync()
            ? client.sendAsync(request, handler).get()
            : client.send(request, handler);
    if (response.statusCode() != 200) {
      throw new IOException("Unexpected response " + response);
    }
    return response.body();
  }

  private static HttpRequest request(ApiRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    return builder.build();
  }
}
