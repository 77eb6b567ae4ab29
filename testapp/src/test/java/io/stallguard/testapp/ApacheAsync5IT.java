package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Ending;
import io.stallguard.testing.server.Exchange;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The asynchronous clients of Apache HttpClient 5, at their floor and the latest. */
class ApacheAsync5IT extends ClientSuite {
  private static final String FLOOR = System.getProperty("apache-httpasyncclient-5.floor");
  private static final String LATEST = "5.6.5";
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  /** HTTP/2's error code for a stream that is not wanted any more. */
  private static final int CANCEL = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  String probe() {
    return "ApacheAsync5Probe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .flatMap(
            jdk ->
                switch (jdk.feature()) {
                  case 8 -> Stream.of(setup(jdk, FLOOR));
                  case 17 -> Stream.of(setup(jdk, FLOOR), setup(jdk, LATEST));
                  case 26 -> Stream.of(setup(jdk, LATEST));
                  default -> Stream.of();
                });
  }

  private static Setup setup(Jdk jdk, String version) {
    return new Setup(
        "HttpClient " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve("org.apache.httpcomponents.client5:httpclient5:" + version));
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
        new Usage("whole", Delivery.WHOLE, false, FROM_FUTURE));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "bytes", Protocol.TLS_H2));
  }

  /**
   * The client closes the connection of whatever fails; a stream that was reset is to leave it to
   * its siblings, and to the next request.
   */
  @Test
  void leavesAConnectionOfThePoolToSiblingsAndToTheNext() {
    Setup latest = setup(Jdks.find().jdk(17), LATEST);
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                latest.jdk(),
                probe(),
                latest.classPath(),
                server,
                Map.of("stallguard.idle", "2s"))) {
      for (String form : List.of("negotiated-bytes", "sharing-bytes")) {
        process.run(JobLine.named(server, form, form, Protocol.TLS_H2, Scenario.OK, ""));
        Map<String, Outcome> outcomes = process.run(stalledBesideAnother(server, form));
        process.run(job(server, form, Scenario.OK));

        assertThat(outcomes.get(id(form, Scenario.STALL_MID)).ending())
            .startsWith(STALL + "idle limit of 2 s exceeded");
        assertThat(outcomes.get(id(form, Scenario.SLOW_BUT_ALIVE)).ending()).isEqualTo("END");
        assertReset(exchange(server, id(form, Scenario.STALL_MID)));
      }
      int shared = exchange(server, id("sharing-bytes", Scenario.STALL_MID)).connection();
      int alone = exchange(server, id("negotiated-bytes", Scenario.STALL_MID)).connection();

      assertThat(connections(server, "sharing-bytes")).hasSize(4).containsOnly(shared);
      assertThat(server.connectionOpen(alone)).isTrue();
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> stalledBesideAnother(StallServer server, String form) {
    return List.of(
        job(server, form, Scenario.STALL_MID),
        JobLine.of(
            server, form, Protocol.TLS_H2, Scenario.SLOW_BUT_ALIVE, "events=20;period-ms=200"));
  }

  private static JobLine job(StallServer server, String form, Scenario scenario) {
    return JobLine.of(server, form, Protocol.TLS_H2, scenario, "");
  }

  private static String id(String form, Scenario scenario) {
    return form + "-" + Protocol.TLS_H2 + "-" + scenario.pathName();
  }

  private static void assertReset(Exchange stalled) {
    assertThat(stalled.ending()).isEqualTo(Ending.RESET);
    assertThat(stalled.errorCode()).isEqualTo(CANCEL);
  }

  private static Exchange exchange(StallServer server, String id) {
    return server.awaitExchange(
        exchange -> exchange.path().contains("run=" + id + "/") && exchange.ended(), PATIENCE);
  }

  /** The connections of all that was sent in this form. */
  private static List<Integer> connections(StallServer server, String form) {
    return server.exchanges().stream()
        .filter(exchange -> exchange.path().contains("run=" + form))
        .map(Exchange::connection)
        .toList();
  }
}
