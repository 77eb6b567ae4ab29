package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Apache HttpClient wants to keep its connections: it reads a body that the app closes to its end,
 * which from a silent server never comes.
 */
class ApacheConnectionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String STALLED = "stream stalled, aborted";
  private static final List<Protocol> PROTOCOLS = List.of(Protocol.H1, Protocol.TLS_H1);

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
  Stream<DynamicTest> letsGoOfSilentConnections() {
    return SideBySide.of(
        test("ApacheHttpClient5Probe", ApacheVersions.FLOOR_5, "close-early"),
        test("ApacheHttpClient5Probe", ApacheVersions.LATEST_5, "close-early"),
        test("ApacheHttpClient4Probe", ApacheVersions.BUILDERS_4, "close-early"),
        test("ApacheHttpClient4Probe", ApacheVersions.LATEST_4, "close-early"),
        test("LegacyApacheHttpClientProbe", ApacheVersions.FLOOR_4, "close-early", "consume-early"),
        test(
            "LegacyApacheHttpClientProbe",
            ApacheVersions.LATEST_4,
            "close-early",
            "consume-early"));
  }

  private static DynamicTest test(String probe, String version, String... forms) {
    return dynamicTest(probe + " " + version, () -> closeEarly(probe, version, List.of(forms)));
  }

  private static void closeEarly(String probe, String version, List<String> forms) {
    List<JobLine> jobs = jobs(probe + version, forms);
    JobLine compressed =
        job("compressed-" + probe + version, "blocking", Scenario.STALL_MID, "encoding=gzip");
    JobLine alive =
        job("alive-" + probe + version, "close-early", Scenario.SLOW_BUT_ALIVE, "period-ms=300");
    try (ProbeProcess process =
        ProbeProcess.start(
            Jdks.find().jdk(17),
            probe,
            ApacheVersions.classPath(version),
            server,
            Map.of("stallguard.idle", "2s"))) {
      Map<String, Outcome> outcomes = process.run(jobs);
      Outcome stalled = process.run(compressed);
      outcomes.putAll(process.run(List.of(alive)));

      assertThat(outcomes.values()).hasSize(jobs.size() + 1).allMatch(Outcome::ended);
      assertThat(stalled.ending()).contains("StallTimeoutException: idle limit of 2 s exceeded");
      assertThat(jobs).allSatisfy(ApacheConnectionsIT::isClosed);
      isClosed(compressed);
      assertThat(exchange(alive).ending()).isEqualTo(SeenEnding.COMPLETED);
      assertThat(server.connectionOpen(exchange(alive).connection())).isTrue();
      assertThat(process.awaitErr(STALLED, jobs.size() + 1)).hasSize(jobs.size() + 1);
      assertThat(process.awaitErr("remote address 127.0.0.1:" + port(Port.CLEAR), 1)).isNotEmpty();
      assertThat(process.awaitErr("remote address 127.0.0.1:" + port(Port.TLS1), 1)).isNotEmpty();
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> jobs(String mark, List<String> forms) {
    List<JobLine> jobs = new ArrayList<>();
    for (String form : forms) {
      for (Protocol protocol : PROTOCOLS) {
        String id = form + "-" + protocol + "-" + mark;
        jobs.add(JobLine.named(server, id, form, protocol, Scenario.STALL_MID, ""));
      }
    }
    return jobs;
  }

  private static JobLine job(String id, String form, Scenario scenario, String settings) {
    return JobLine.named(server, id, form, Protocol.H1, scenario, settings);
  }

  private static void isClosed(JobLine job) {
    SeenExchange exchange = exchange(job);

    assertThat(exchange.ending()).isEqualTo(SeenEnding.CLOSED);
    assertThat(server.awaitConnectionClosed(exchange.connection(), PATIENCE)).isTrue();
  }

  private static SeenExchange exchange(JobLine job) {
    String mark = "run=" + job.id() + "/";
    return server.awaitExchange(each -> each.path().contains(mark) && each.ended(), PATIENCE);
  }

  private static int port(Port port) {
    return server.base(port).getPort();
  }
}
