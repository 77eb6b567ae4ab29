package io.stallguard.benchmarks.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two things that an app does with its HTTP client, blocking. Any number of threads. */
interface Client {
  List<String> NAMES =
      List.of("java-http-client", "okhttp", "apache-httpclient-5", "reactor-netty");

  /** Small, as a question to a model may be. */
  String QUESTION = "{\"model\":\"a\",\"stream\":true,\"messages\":[\"what is the time?\"]}";

  String JSON_TYPE = "application/json";

  /** What a line of an event begins with. */
  String DATA = "data:";

  /** Asks for a small JSON text and returns its length. */
  int call() throws Exception;

  /** Asks for a stream of events, reads it to its end and returns how many there were. */
  int stream() throws Exception;

  /**
   * @param connections how many threads are going to use it
   */
  static Client of(String name, String base, int connections) {
    return switch (name) {
      case "java-http-client" -> new JavaHttpClient(base);
      case "okhttp" -> new OkHttp(base);
      case "apache-httpclient-5" -> new ApacheHttpClient5(base, connections);
      case "reactor-netty" -> new ReactorNetty(base, connections);
      default -> throw new IllegalArgumentException(name + " is none of " + NAMES);
    };
  }

  /** Reads line by line, as most apps do. */
  static int events(InputStream body) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      int events = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events += line.startsWith(DATA) ? 1 : 0;
      }
      return events;
    }
  }
}
