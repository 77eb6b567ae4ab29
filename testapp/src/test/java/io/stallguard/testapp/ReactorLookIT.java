package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Streams whose reactor or event loop has no time for them: their bytes wait in a socket, and none
 * of them is aborted for that. Each has a twin whose server is silent, and which is released.
 */
class ReactorLookIT {
  private static final String ALIVE = "events=12;period-ms=400";

  /** Far beyond the limit. */
  private static final long BUSY_MILLIS = 7_000;

  /** What is shared may be judged a limit later, as its server was kept from sending. */
  private static final long SOON_MILLIS = BUSY_MILLIS + ClientRun.LIMIT_MILLIS + 5_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final Jdk JDK_17 = Jdks.find().jdk(17);

  private static final List<Row> APACHE_5 =
      List.of(
          new Row("callback", Protocol.values()),
          new Row("sibling", Protocol.values()),
          new Row("unread", Protocol.H2C, Protocol.TLS_H2),
          new Row("steady", Protocol.H2C, Protocol.TLS_H2));
  private static final List<Row> APACHE_4 =
      List.of(
          new Row("callback", Protocol.H1, Protocol.TLS_H1),
          new Row("sibling", Protocol.H1, Protocol.TLS_H1));
  private static final List<Row> REACTOR_NETTY =
      List.of(
          new Row("reactor-handler", Protocol.values()),
          new Row("reactor-unread", Protocol.H2C, Protocol.TLS_H2),
          new Row("reactor-publish-on", Protocol.H1, Protocol.TLS_H2));
  private static final List<Row> ASYNC_HTTP_CLIENT = List.of(new Row("async-handler", Protocol.H1));

  /**
   * What keeps a stream waiting.
   *
   * @param form of the probe
   */
  private record Row(String form, Protocol... protocols) {
    Stream<JobLine> jobs(StallServer server, Scenario scenario) {
      return Stream.of(protocols)
          .map(
              protocol ->
                  JobLine.of(
                          server,
                          form,
                          protocol,
                          scenario,
                          scenario == Scenario.SLOW_BUT_ALIVE ? ALIVE : "")
                      .withPause(BUSY_MILLIS));
    }
  }

  /** A client in one version. */
  private record Client(String probe, List<Row> rows, String stall, List<Path> classPath) {
    static Client apache5(String version) {
      return new Client(
          "BusyReactor5Probe",
          APACHE_5,
          STALL,
          ClassPaths.resolve("org.apache.httpcomponents.client5:httpclient5:" + version));
    }

    static Client apache4(String version) {
      return new Client(
          "BusyReactor4Probe",
          APACHE_4,
          STALL,
          ClassPaths.resolve("org.apache.httpcomponents:httpasyncclient:" + version));
    }

    static Client reactorNetty(String version, String stall) {
      return new Client(
          "BusyHandlerProbe",
          REACTOR_NETTY,
          stall,
          NettySuite.classPath("io.projectreactor.netty:reactor-netty-http:" + version));
    }

    static Client asyncHttpClient(String version, String stall) {
      return new Client(
          "BusyHandlerProbe",
          ASYNC_HTTP_CLIENT,
          stall,
          NettySuite.classPath("org.asynchttpclient:async-http-client:" + version));
    }

    List<JobLine> jobs(StallServer server, Scenario scenario) {
      return rows.stream().flatMap(row -> row.jobs(server, scenario)).toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> busy() {
    Client apache5 = Client.apache5(ApacheVersions.LATEST_5);
    Client apache4 = Client.apache4("4.1.5");
    Client reactor = Client.reactorNetty("1.3.7", NettySuite.STALL);
    Client async = Client.asyncHttpClient("3.0.13", NettySuite.STALL);
    String floor5 = System.getProperty("apache-httpasyncclient-5.floor");
    String floor4 = System.getProperty("apache-httpasyncclient-4.floor");
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test("Apache 5, floor", Client.apache5(floor5), JDK_17));
    tests.add(test("Apache 5", apache5, newest()));
    tests.add(test("Apache 4, floor", Client.apache4(floor4), JDK_17));
    tests.add(test("Apache 4", apache4, newest()));
    tests.add(
        test("Reactor Netty, floor", Client.reactorNetty("1.0.0", NettySuite.OLD_STALL), JDK_17));
    tests.add(test("Reactor Netty", reactor, newest()));
    tests.add(test("AsyncHttpClient", async, newest()));
    for (Client client : List.of(apache5, apache4, reactor, async)) {
      String name = "without the agent: " + client.rows.get(0).form() + " of " + client.probe;
      tests.add(dynamicTest(name, () -> isHealthy(client)));
    }
    return SideBySide.allOf(tests);
  }

  private static DynamicTest test(String name, Client client, Jdk jdk) {
    return dynamicTest(name + ", JDK " + jdk.feature(), () -> isLookedAt(client, jdk));
  }

  private static void isLookedAt(Client client, Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                jdk,
                client.probe,
                client.classPath,
                server,
                Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"))) {
      List<JobLine> alive = client.jobs(server, Scenario.SLOW_BUT_ALIVE);
      List<JobLine> silent = client.jobs(server, Scenario.STALL_MID);
      List<JobLine> all = new ArrayList<>(alive);
      all.addAll(silent);

      Map<String, Outcome> outcomes = run(process, all);

      assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
      assertThat(silent).allSatisfy(job -> isReleased(outcomes.get(job.id()), client.stall));
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void isHealthy(Client client) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(JDK_17, client.probe, client.classPath, server))) {
      List<JobLine> alive = client.jobs(server, Scenario.SLOW_BUT_ALIVE);

      Map<String, Outcome> outcomes = run(process, alive);

      assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
    }
  }

  private static Map<String, Outcome> run(ProbeProcess process, List<JobLine> jobs) {
    jobs.forEach(process::send);
    process.process().awaitLine(line -> process.outcomes(jobs).size() == jobs.size(), PATIENCE);
    return process.outcomes(jobs);
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    assertThat(outcome.sha256())
        .as(outcome.id())
        .isEqualTo(Outcome.sha256(JobLine.body(Scenario.SLOW_BUT_ALIVE, ALIVE)));
  }

  /** A scheduler that is busy tells the app late what it was told in time. */
  private static void isReleased(Outcome outcome, String thrown) {
    assertThat(outcome.ending()).as(outcome.id()).startsWith(thrown);
    assertThat(outcome.silentMillis()).as(outcome.id()).isLessThan(SOON_MILLIS);
  }

  private static Jdk newest() {
    return Jdks.find().all().stream()
        .max(Comparator.comparingInt(Jdk::feature))
        .orElseThrow(() -> new AssertionError("no JDK"));
  }
}
