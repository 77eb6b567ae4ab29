package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Exchange;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is silent for many times the limit and is no stream, side by side in one JVM. */
class QuietIT {
  private static final long SILENT_MILLIS = 12_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String OK_HTTP = "OkHttpProbe/blocking";
  private static final String URL_CONNECTION = "HttpUrlConnectionProbe/stream";
  private static final String HTTP_CLIENT = "JavaHttpClientProbe/string";

  @Test
  void leavesEverythingElseAlone() {
    Map<String, String> properties = Map.of("stallguard.idle", "2s");
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17),
                "EveryProbe",
                ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:4.12.0"),
                server,
                properties)) {
      process.run(pooled(server, "before"));
      Map<String, Outcome> outcomes = process.run(silent(server));
      process.run(pooled(server, "after"));
      List<String> err = process.end();

      assertThat(outcomes.values()).allSatisfy(QuietIT::isWhole);
      assertThat(connection(server, "before-1")).isEqualTo(connection(server, "after-1"));
      assertThat(connection(server, "before-2")).isEqualTo(connection(server, "after-2"));
      assertThat(err).singleElement().asString().startsWith("[stallguard] stallguard ");
    }
  }

  /** They leave connections in the pool, or find them there: nobody else uses these two. */
  private static List<JobLine> pooled(StallServer server, String turn) {
    return List.of(
        JobLine.named(server, turn + "-1", OK_HTTP, Protocol.TLS_H1, Scenario.OK, ""),
        JobLine.named(server, turn + "-2", OK_HTTP, Protocol.TLS_H2, Scenario.OK, ""));
  }

  private static List<JobLine> silent(StallServer server) {
    return List.of(
        webSocket(server, "JavaHttpClientProbe"),
        webSocket(server, "OkHttpProbe"),
        json(server, "json-1", URL_CONNECTION, Protocol.H1),
        json(server, "json-2", HTTP_CLIENT, Protocol.TLS_H2),
        json(server, "json-3", OK_HTTP, Protocol.H2C),
        ownServer(server, "server", "HttpUrlConnectionProbe/server"),
        ownServer(server, "socket", "SocketProbe/silent"));
  }

  private static JobLine webSocket(StallServer server, String probe) {
    return JobLine.plain(
        server,
        "websocket-" + probe,
        probe + "/websocket",
        Protocol.H1,
        "GET",
        "/websocket?silent-ms=" + SILENT_MILLIS);
  }

  /** Half of the answer, silence, the other half. */
  private static JobLine json(StallServer server, String id, String form, Protocol protocol) {
    String path = "/json?half=true&delay-ms=" + SILENT_MILLIS;
    return JobLine.plain(server, id, form, protocol, "POST", path);
  }

  /** What is asked is asked of a server inside the probe. */
  private static JobLine ownServer(StallServer server, String id, String form) {
    return JobLine.plain(server, id, form, Protocol.H1, "POST", "/").withPause(SILENT_MILLIS);
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).isEqualTo("END");
    assertThat(outcome.bytes()).isEqualTo(bytes(outcome.id()));
  }

  private static long bytes(String id) {
    if (id.startsWith("websocket")) {
      return "hello".length();
    }
    if (id.startsWith("json")) {
      return Wire.json().length;
    }
    int events = id.equals("server") ? 3 : 2;
    return events * (long) "data: 1\n\n".length();
  }

  private static int connection(StallServer server, String id) {
    Exchange exchange =
        server.awaitExchange(each -> each.path().contains("run=" + id + "/"), PATIENCE);
    return exchange.connection();
  }
}
