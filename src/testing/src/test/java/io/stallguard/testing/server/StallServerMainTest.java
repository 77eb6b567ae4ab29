package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StallServerMainTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Test
  void printsWhereItListensAndEndsWithItsInput() throws Exception {
    try (AgentProcess process = main().start()) {
      URI base = URI.create(value(process, "clear"));

      HttpRequest request = HttpRequest.newBuilder(base.resolve("/json")).build();
      assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body())
          .isEqualTo(Wire.json());
      assertThat(value(process, "tls1")).startsWith("https://127.0.0.1:");
      assertThat(value(process, "tls2")).startsWith("https://127.0.0.1:");
      assertThat(Path.of(value(process, "trust-store"))).isRegularFile();

      process.closeInput();
      assertThat(process.awaitExit(DEADLINE)).isZero();
    }
  }

  @Test
  void tellsItsExchangesWhenAsked() throws Exception {
    try (AgentProcess process = main("--host", "127.0.0.1").start()) {
      URI base = URI.create(value(process, "clear"));
      HttpRequest request = HttpRequest.newBuilder(base.resolve("/json")).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());

      process.send("exchanges now");

      process.awaitLine("exchanges now"::equals, DEADLINE);
      assertThat(process.out()).anyMatch(line -> line.startsWith("#1 GET /json "));
    }
  }

  @Test
  void endsOnASignal() {
    try (AgentProcess process = main("--ignore-stdin").start()) {
      process.closeInput();
      value(process, "trust-store-password");

      process.terminate();

      assertThat(process.awaitExit(DEADLINE)).isNotZero();
    }
  }

  @Test
  void listsItsScenarios() {
    try (AgentProcess process = main("--list").start()) {
      assertThat(process.awaitExit(DEADLINE)).isZero();
      assertThat(process.out())
          .hasSize(Scenario.values().length)
          .contains("stall-mid", "truncated-cut");
    }
  }

  private static JavaCommand main(String... arguments) {
    return AgentProcess.java()
        .classPath(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList())
        .mainClass(StallServerMain.class.getName(), arguments);
  }

  private static String value(AgentProcess process, String name) {
    String prefix = name + "=";
    return process
        .awaitLine(line -> line.startsWith(prefix), DEADLINE)
        .text()
        .substring(prefix.length());
  }
}
