package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each client prints of an answer, and how it ends. */
class StreamingClientTest {
  private LlmServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LlmServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<String> clients() {
    Stream<String> sdks = Stream.of("anthropic-sdk", "openai-sdk", "openai-responses-sdk");
    Stream<String> java =
        Stream.of("input-stream", "lines", "string", "line-subscriber", "publisher")
            .map("java-http-client --form "::concat)
            .flatMap(client -> Stream.of(client, client + " --async"));
    Stream<String> okhttp = Stream.of("blocking", "enqueue", "sse").map("okhttp --form "::concat);
    return Stream.of(sdks, java, okhttp, Stream.of("http-url-connection")).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void printsEachEventAndTheEnd(String client) {
    AppRun run = run(client);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.lines()).anyMatch(line -> line.matches("\\d+\\.\\d{3} s  \\S+  \"Hello\""));
    assertThat(run.lines()).anyMatch(line -> line.matches("\\d+\\.\\d{3} s  \\S+  \" world\""));
    assertThat(run.lastLine())
        .matches("completed after \\d+\\.\\d{3} s: \\d events, 11 characters");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void endsWithTheExceptionOfAnAnswerThatBreaksOff(String client) {
    server.breakOff(1);

    AppRun run = run(client);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastLine()).matches("failed after \\d+\\.\\d{3} s: \\S+Exception: .+");
    assertThat(run.lastLine()).matches(".*(Incomplete|Premature|end of stream|EOF|closed).*");
    assertThat(run.err()).contains("Exception", "\tat io.stallguard.testapp.");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void endsWithTheExceptionOfAnUnexpectedStatus(String client) {
    server.answerWith(400);

    AppRun run = run(client);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastLine()).startsWith("failed after ").contains("400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "openai-responses", "gemini", "ollama"})
  void rawClientsSpeakEachProvider(String provider) {
    AppRun run = run("okhttp --provider " + provider);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.lastLine()).endsWith("11 characters");
    assertThat(server.requests()).singleElement().asString().contains("a prompt");
  }

  @Test
  void goesOnWithTheSameClientAfterAnException() {
    server.breakOff(1);

    AppRun run = run("anthropic-sdk --repeat 3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lines()).anyMatch(line -> line.startsWith("#1 failed after "));
    assertThat(run.lines()).anyMatch(line -> line.startsWith("#3 completed after "));
    assertThat(run.lastLine()).isEqualTo("2 of 3 answers completed");
  }

  @Test
  void streamsInParallel() {
    AppRun run = run("java-http-client --parallel 4 --repeat 2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.lastLine()).isEqualTo("8 of 8 answers completed");
  }

  @Test
  void leavesRetriesToTheSdk() {
    server.answerWith(500);

    run("anthropic-sdk --max-retries 1");

    assertThat(server.requests()).hasSize(2);
  }

  private AppRun run(String client) {
    String[] words = ("--client " + client + " --base-url " + server.url() + "/ prompt").split(" ");
    words[words.length - 1] = "a prompt";
    return new AppRun(words);
  }
}
