package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Consumers of HttpCore 5 that hand a body over: a subscriber tells what it wants and is guarded, a
 * reader does not and is left alone.
 */
class ApacheHandOver5IT {
  private static final String PROBE = "ApacheHandOver5Probe";
  private static final String SUBSCRIBER = "publisher";
  private static final String CLIENT = "org.apache.httpcomponents.client5:httpclient5:";
  private static final String REACTIVE = "org.apache.httpcomponents.core5:httpcore5-reactive:";
  private static final String STALL =
      "java.util.concurrent.ExecutionException: io.stallguard.core.StallTimeoutException: ";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Map<String, String> SETTINGS =
      Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms", "stallguard.done-grace", "1s");

  private static final List<Scenario> STALLS =
      List.of(Scenario.STALL_MID, Scenario.STALL_FIRST_BYTE, Scenario.BURST_THEN_STALL);
  private static final List<Scenario> OTHERS =
      List.of(
          Scenario.OK,
          Scenario.SLOW_BUT_ALIVE,
          Scenario.DONE_NO_CLOSE,
          Scenario.DONE_THEN_MORE,
          Scenario.TRUNCATED);

  @TestFactory
  Stream<DynamicTest> abortsWhoWaitsAndNobodyElse() {
    Jdk main = Jdks.find().jdk(17);
    Jdk oldest = Jdks.find().all().get(0);
    return SideBySide.of(
        DynamicTest.dynamicTest(
            "5.6.5",
            () -> run(main, classPath("5.6.5", "5.4.4"), Protocol.TLS_H2, "entity", "response")),
        DynamicTest.dynamicTest(
            "5.0.4", () -> run(oldest, classPath("5.0.4", "5.0.4"), Protocol.TLS_H1, "entity")));
  }

  private static List<Path> classPath(String client, String core) {
    return ClassPaths.resolve(CLIENT + client, REACTIVE + core);
  }

  private static void run(Jdk jdk, List<Path> classPath, Protocol tls, String... readers) {
    List<Protocol> protocols = List.of(Protocol.H1, tls);
    try (StallServer server = StallServer.start();
        ProbeProcess process = ProbeProcess.start(jdk, PROBE, classPath, server, SETTINGS)) {
      List<JobLine> busy = busy(server, readers);
      List<JobLine> stalled = jobs(server, protocols, STALLS);
      List<JobLine> others = jobs(server, protocols, OTHERS);
      List<JobLine> all = new ArrayList<>(busy);
      all.addAll(stalled);
      all.addAll(others);
      Map<String, Outcome> outcomes = process.run(all);

      String resumed = "resume-ms=" + ClientRun.LONG_MILLIS;
      busy.forEach(job -> isWhole(outcomes.get(job.id()), Scenario.STALL_MID, resumed));
      stalled.forEach(job -> isReleased(outcomes.get(job.id()), server, job));
      others.forEach(job -> isWhole(outcomes.get(job.id()), scenario(job), settings(job)));
      assertThat(process.awaitErr("stream stalled, aborted", stalled.size()))
          .hasSize(stalled.size());
      assertThat(process.awaitErr("stream truncated: ended ", protocols.size()))
          .hasSize(protocols.size());
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> busy(StallServer server, String... readers) {
    return Stream.concat(Stream.of(readers), Stream.of(SUBSCRIBER))
        .map(form -> JobLine.silentWhileBusy(server, form))
        .toList();
  }

  private static List<JobLine> jobs(
      StallServer server, List<Protocol> protocols, List<Scenario> scenarios) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : protocols) {
      for (Scenario scenario : scenarios) {
        jobs.add(JobLine.of(server, SUBSCRIBER, protocol, scenario, ClientRun.settings(scenario)));
      }
    }
    return jobs;
  }

  private static Scenario scenario(JobLine job) {
    return Stream.of(Scenario.values())
        .filter(each -> job.id().endsWith("-" + each.pathName()))
        .findFirst()
        .orElseThrow();
  }

  private static String settings(JobLine job) {
    return ClientRun.settings(scenario(job));
  }

  private static void isReleased(Outcome outcome, StallServer server, JobLine job) {
    assertThat(outcome.ending()).as(job.id()).startsWith(STALL).contains(" limit of 3 s exceeded");
    assertThat(outcome.sha256())
        .isEqualTo(Outcome.sha256(JobLine.body(scenario(job), settings(job))));
    SeenExchange exchange =
        server.awaitExchange(
            each -> each.path().contains("run=" + job.id() + "/") && each.ended(), PATIENCE);
    // One that is alone on a connection by which nothing comes may take that with it.
    boolean http2 = exchange.protocol().equals("HTTP/2.0");
    assertThat(exchange.ending())
        .isIn(http2 ? SeenEnding.RESET : SeenEnding.CLOSED, SeenEnding.CLOSED);
  }

  private static void isWhole(Outcome outcome, Scenario scenario, String settings) {
    assertThat(outcome.ending()).as("%s", scenario).isEqualTo("END");
    assertThat(outcome.sha256()).isEqualTo(Outcome.sha256(JobLine.body(scenario, settings)));
  }
}
