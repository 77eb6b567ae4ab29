package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The MCP SDK, which listens on a stream that is silent for as long as the server has nothing to
 * say, while what it asks is answered on streams of their own.
 */
class McpIT {
  private static final SdkClient MCP = SdkClient.of("mcp", "sdk.McpProbe");

  /** Several times the explicit limit. */
  private static final long SILENT_MILLIS = 6_000;

  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAreGuardedAndListeningGoesOn() {
    return SideBySide.of(
        dynamicTest("by default it listens on", McpIT::byDefault),
        dynamicTest("a limit on posts alone releases a call", McpIT::limitOnPosts),
        dynamicTest("a limit on all ends the listening, not the calls", McpIT::limitOnAll));
  }

  private static void byDefault() {
    Run run = run("by-default", "echo", Map.of());

    assertThat(run.outcome.ending()).isEqualTo("END");
    assertThat(run.outcome.bytes()).isPositive();
    listenedToTheEnd(run);
    assertThat(run.err).noneMatch(line -> line.contains("stalled"));
  }

  private static void limitOnPosts() {
    Run run = run("posts", "stall", Map.of("stallguard.idle", "2s", "stallguard.methods", "POST"));

    assertThat(run.outcome.ending())
        .contains("java.net.http.HttpTimeoutException: first-byte limit of 2 s exceeded: ")
        .contains("nothing delivered: safe to retry");
    assertThat(run.calls()).hasSize(1);
    listenedToTheEnd(run);
    assertThat(run.err)
        .filteredOn(line -> line.contains("stream stalled, aborted"))
        .singleElement()
        .asString()
        .contains("POST http");
  }

  /** The SDK does not listen anew: whoever sets a limit for GETs loses the server's messages. */
  private static void limitOnAll() {
    Run run = run("all", "echo", Map.of("stallguard.idle", "2s"));

    assertThat(run.outcome.ending()).isEqualTo("END");
    assertThat(run.calls()).hasSize(1);
    assertThat(run.listening())
        .singleElement()
        .matches(listening -> listening.endedNanos() < run.calls().get(0).startedNanos());
  }

  private static void listenedToTheEnd(Run run) {
    assertThat(run.listening())
        .singleElement()
        .matches(
            listening ->
                !listening.ended()
                    || listening.endedNanos() - run.calls().get(0).startedNanos() > 0);
  }

  private static Run run(String name, String tool, Map<String, String> settings) {
    String url = server.base(Port.CLEAR, Scenario.OK, "run=" + name).toString();
    JobLine line = new JobLine(name, tool, Protocol.H1, "POST", SILENT_MILLIS, url);
    try (ProbeProcess process =
        ProbeProcess.start(
            Jdks.find().jdk(17), MCP.probe(), SdkClassPaths.of(MCP), server, settings)) {
      Outcome outcome = process.run(line);
      List<SeenExchange> exchanges =
          server.exchanges().stream()
              .filter(exchange -> exchange.path().contains("run=" + name + "/"))
              .toList();
      return new Run(outcome, exchanges, process.end());
    }
  }

  /** What became of a job. */
  private record Run(Outcome outcome, List<SeenExchange> exchanges, List<String> err) {
    List<SeenExchange> listening() {
      return labelled("MCP listen");
    }

    List<SeenExchange> calls() {
      return labelled("MCP tools/call");
    }

    private List<SeenExchange> labelled(String label) {
      return exchanges.stream().filter(exchange -> exchange.label().equals(label)).toList();
    }
  }
}
