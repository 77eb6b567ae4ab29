package io.stallguard.testapp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Streams through the JDK's {@link HttpURLConnection}. */
final class HttpUrlConnectionClient implements StreamingClient {
  private final Options options;

  HttpUrlConnectionClient(Options options) {
    this.options = options;
  }

  @Override
  public void stream(String prompt, Answer answer) throws IOException {
    ApiRequest request = new ApiRequest(options, prompt);
    HttpURLConnection connection = (HttpURLConnection) new URL(request.url()).openConnection();
    request.headers().forEach(connection::setRequestProperty);
    send(connection, request.body());
    new AnswerLines(options.provider(), answer).readAll(connection.getInputStream());
  }

  private static void send(HttpURLConnection connection, String body) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
