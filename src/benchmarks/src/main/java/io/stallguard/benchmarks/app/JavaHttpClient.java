package io.stallguard.benchmarks.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's own. */
final class JavaHttpClient implements Client {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest call;
  private final HttpRequest stream;

  JavaHttpClient(String base) {
    call = request(base + LoadServer.CALL);
    stream = request(base + LoadServer.STREAM);
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", JSON_TYPE)
        .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
        .build();
  }

  @Override
  public int call() throws IOException, InterruptedException {
    return client.send(call, BodyHandlers.ofString()).body().length();
  }

  @Override
  public int stream() throws IOException, InterruptedException {
    return Client.events(client.send(stream, BodyHandlers.ofInputStream()).body());
  }
}
