package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The asynchronous clients of Apache HttpClient 5, at their floor and the latest. */
class ApacheAsync5IT extends ClientSuite {
  private static final FloorAndLatest CLIENT =
      new FloorAndLatest(
          "Apache HttpClient, asynchronous,",
          "org.apache.httpcomponents.client5:httpclient5",
          System.getProperty("apache-httpasyncclient-5.floor"),
          "5.6.5");
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  /** HTTP/2's error code for a stream that is not wanted any more. */
  private static final int CANCEL = 8;

  private static final int MOST_TRIES = 5;
  private static final int SIBLINGS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  String module() {
    return "apache-httpasyncclient-5";
  }

  @Override
  String probe() {
    return "ApacheAsync5Probe";
  }

  @Override
  Stream<Setup> setups() {
    return CLIENT.setups();
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("bytes", Delivery.BYTES, true, STALL),
        new Usage("unhurried", Delivery.BYTES, true, STALL),
        new Usage("chars", Delivery.LINES, false, STALL),
        new Usage("tapped", Delivery.BYTES, false, STALL),
        new Usage("text", Delivery.WHOLE, false, STALL),
        new Usage("whole", Delivery.WHOLE, false, FROM_FUTURE));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "bytes", Protocol.TLS_H2));
  }

  /**
   * The client closes the connection of whatever fails; a stream that was reset is to leave it to
   * its siblings, where they share it.
   */
  @TestFactory
  Stream<DynamicTest> leavesConnectionsOfThePoolOpen() {
    return SideBySide.of(
        dynamicTest("negotiated HTTP/2", () -> leavesConnectionsOpen("negotiated-bytes")),
        dynamicTest("shared in the pool", () -> leavesConnectionsOpen("sharing-bytes")));
  }

  /** Before the head there is nothing to tell whether a connection can be used again. */
  @TestFactory
  Stream<DynamicTest> limitsHeads() {
    return SideBySide.of(
        CLIENT.setups().map(setup -> dynamicTest(setup.name(), () -> limitsHeads(setup))).toList());
  }

  private void limitsHeads(Setup setup) {
    boolean latest = setup.name().contains(" 5.6");
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                setup.jdk(), probe(), setup.classPath(), server, Map.of("stallguard.head", "3s"))) {
      List<JobLine> silent = headJobs(server, Scenario.STALL_HEADERS, "", latest);
      List<JobLine> alive =
          headJobs(server, Scenario.SLOW_BUT_ALIVE, "events=15;period-ms=300", latest);
      process.run(headJobs(server, Scenario.OK, "", latest));
      Map<String, Outcome> outcomes =
          process.run(Stream.concat(silent.stream(), alive.stream()).toList());

      assertThat(silent)
          .allSatisfy(
              job ->
                  assertThat(outcomes.get(job.id()).ending())
                      .startsWith(STALL + "head limit of 3 s exceeded: no response head for ")
                      .contains("no response; ", "nothing delivered"));
      assertThat(alive).allMatch(job -> outcomes.get(job.id()).ended());
      assertThat(server.exchanges())
          .filteredOn(exchange -> exchange.path().contains(Scenario.STALL_HEADERS.pathName()))
          .hasSize(silent.size());
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> headJobs(
      StallServer server, Scenario scenario, String settings, boolean latest) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      jobs.add(JobLine.of(server, "bytes", protocol, scenario, settings));
    }
    if (latest) {
      jobs.add(JobLine.of(server, "negotiated-bytes", Protocol.TLS_H2, scenario, settings));
      jobs.add(JobLine.of(server, "sharing-bytes", Protocol.TLS_H2, scenario, settings));
    }
    return jobs;
  }

  private void leavesConnectionsOpen(String form) {
    Setup latest = CLIENT.main();
    Map<String, String> properties = Map.of("stallguard.idle", "2s");
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(latest.jdk(), probe(), latest.classPath(), server, properties)) {
      process.run(JobLine.named(server, "warm-up", form, Protocol.TLS_H2, Scenario.OK, ""));
      int first = share(server, process, form);
      Map<String, Outcome> outcomes = process.run(jobs(server, form));
      List<SeenExchange> stalled = exchanges(server, "stalled");

      assertThat(outcomes.values())
          .extracting(Outcome::ending)
          .filteredOn(ending -> ending.startsWith(STALL + "idle limit of 2 s exceeded"))
          .hasSize(SIBLINGS);
      assertThat(outcomes.values()).filteredOn(Outcome::ended).hasSize(SIBLINGS);
      if (form.startsWith("sharing")) {
        assertThat(stalled).extracting(SeenExchange::ending).containsOnly(SeenEnding.RESET);
        assertThat(stalled).extracting(SeenExchange::errorCode).containsOnly(CANCEL);
        assertThat(stalled)
            .allMatch(exchange -> server.connectionOpen(exchange.connection()), "open");
        assertThat(stalled).extracting(SeenExchange::connection).containsOnly(first);
      } else {
        // Each alone on its connection, by which nothing comes: of no use to anybody.
        assertThat(stalled)
            .allMatch(
                exchange -> server.awaitConnectionClosed(exchange.connection(), PATIENCE),
                "closed");
      }
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  /**
   * Has the connection of the warm-up in use. A connection is shared while it is in use for the
   * second time at least; and the client may tell of the end of an answer before its pool has the
   * connection again, and open another one meanwhile.
   *
   * @return that connection
   */
  private static int share(StallServer server, ProbeProcess process, String form) {
    int warm = awaitHead(server, "warm-up").connection();
    int used = -1;
    for (int i = 0; used != warm && i < MOST_TRIES; i++) {
      String id = "longest-" + i;
      String settings = "events=40;period-ms=250";
      JobLine longest =
          JobLine.named(server, id, form, Protocol.TLS_H2, Scenario.SLOW_BUT_ALIVE, settings);
      process.send(longest);
      used = awaitHead(server, id).connection();
    }
    return used;
  }

  private static SeenExchange awaitHead(StallServer server, String id) {
    return server.awaitExchange(
        exchange -> exchange.path().contains("run=" + id) && exchange.headNanos() > 0, PATIENCE);
  }

  /** Some that stall, and some that go on for longer than that. */
  private static List<JobLine> jobs(StallServer server, String form) {
    List<JobLine> jobs = new ArrayList<>();
    for (int i = 0; i < SIBLINGS; i++) {
      jobs.add(
          JobLine.named(server, "stalled-" + i, form, Protocol.TLS_H2, Scenario.STALL_MID, ""));
      jobs.add(
          JobLine.named(
              server,
              "alive-" + i,
              form,
              Protocol.TLS_H2,
              Scenario.SLOW_BUT_ALIVE,
              "events=20;period-ms=250"));
    }
    return jobs;
  }

  private static List<SeenExchange> exchanges(StallServer server, String name) {
    return server.awaitExchanges(
        SIBLINGS,
        exchange -> exchange.path().contains("run=" + name) && exchange.ended(),
        PATIENCE);
  }
}
