package io.stallguard.benchmarks.startup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The app whose first act is an HTTPS request. */
final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * Reads an answer.
   *
   * @param arguments the client, {@code http-url-connection} or {@code java-http-client}, and the
   *     URL
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    URI url = URI.create(arguments[1]);
    int length = arguments[0].equals("http-url-connection") ? connection(url) : javaHttpClient(url);
    if (length == 0) {
      throw new IllegalStateException("an empty answer from " + url);
    }
  }

  private static int connection(URI url) throws IOException {
    try (InputStream body = url.toURL().openStream()) {
      return body.readAllBytes().length;
    }
  }

  private static int javaHttpClient(URI url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body()
        .length;
  }
}
