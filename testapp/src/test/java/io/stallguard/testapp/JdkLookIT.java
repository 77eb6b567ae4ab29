package io.stallguard.testapp;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Streams of the JDK's client whose bytes, or whose response heads, wait behind what the app does
 * with its pool, its connection or its carriers: none of them is aborted, and one whose server is
 * silent is.
 */
class JdkLookIT {
  private static final String ALIVE = "events=12;period-ms=400";

  /** The head comes while the app is busy. */
  private static final String LATE_HEAD = ALIVE + ";delay-ms=1200";

  private static final String HEAD = "/head";

  /** Beyond two limits. */
  private static final long BUSY_MILLIS = 7_000;

  /** Until what was put off once has been asked for again. */
  private static final long BUSY_FOR_LONG_MILLIS = 11_000;

  /** Longer than anybody here waits. */
  private static final long FOR_GOOD_MILLIS = 600_000;

  /** Once the app is busy no more; the rest is for a machine that is. */
  private static final long SOON_MILLIS = BUSY_MILLIS + 8_000;

  /** A whole limit later, where the server could not send. */
  private static final long ANEW_MILLIS = SOON_MILLIS + ClientRun.LIMIT_MILLIS;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The first with the client. */
  private static final int FLOOR = 11;

  private static final int LTS = 17;

  private static final List<String> BODIES =
      List.of("input-stream", "lines", "string", "line-subscriber", "publisher");

  @TestFactory
  Stream<DynamicTest> looks() {
    List<DynamicTest> tests = new ArrayList<>();
    int newest = Jdks.find().all().stream().mapToInt(Jdk::feature).max().orElseThrow();
    for (Jdk jdk : Jdks.find().all()) {
      int feature = jdk.feature();
      if (feature == LTS || feature == newest) {
        tests.add(dynamicTest("busy pools, JDK " + feature, () -> pools(jdk)));
        tests.add(dynamicTest("heads behind busy pools, JDK " + feature, () -> heads(jdk)));
        tests.add(dynamicTest("a busy common pool, JDK " + feature, () -> commonPool(jdk)));
      } else if (feature >= FLOOR) {
        tests.add(dynamicTest("the client's fields, JDK " + feature, () -> fields(jdk)));
      }
      if (feature >= LTS) {
        tests.add(dynamicTest("a client that reads no more, JDK " + feature, () -> deaf(jdk)));
      }
      if (feature == newest) {
        tests.add(dynamicTest("a busy carrier, JDK " + feature, () -> carrier(jdk)));
      }
      if (feature == LTS) {
        tests.add(dynamicTest("without the agent, JDK " + feature, () -> control(jdk)));
      }
    }
    return SideBySide.allOf(tests);
  }

  private static void pools(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = guarded(jdk, server)) {
      check(process, poolsOf(server, Scenario.SLOW_BUT_ALIVE), poolsOf(server, Scenario.STALL_MID));
    }
  }

  private static List<JobLine> poolsOf(StallServer server, Scenario scenario) {
    List<JobLine> jobs = new ArrayList<>();
    for (String body : BODIES) {
      jobs.add(job(server, "task/" + body, Protocol.H1, scenario));
    }
    for (String body : List.of("input-stream", "line-subscriber")) {
      jobs.add(job(server, "task/" + body, Protocol.TLS_H1, scenario));
      jobs.add(job(server, "task/" + body, Protocol.H2C, scenario));
      for (String kind : List.of("answer", "siblings", "caller", "blocking")) {
        jobs.add(job(server, kind + "/" + body, Protocol.H1, scenario));
      }
      if (scenario == Scenario.STALL_MID) {
        // What the server sends there ends the client by itself.
        jobs.add(job(server, "refusing/" + body, Protocol.H1, scenario));
      }
      for (String kind : List.of("lane", "window")) {
        jobs.add(job(server, kind + "/" + body, Protocol.TLS_H2, scenario));
      }
    }
    return jobs;
  }

  private static void heads(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                command(jdk, server)
                    .agent(ProbeProcess.agent())
                    .property("stallguard.rule.heads.match", "*/scenario/*")
                    .property("stallguard.rule.heads.head", ClientRun.LIMIT_MILLIS + "ms"))) {
      check(
          process,
          headsOf(server, Scenario.SLOW_BUT_ALIVE),
          headsOf(server, Scenario.STALL_HEADERS));
    }
  }

  private static List<JobLine> headsOf(StallServer server, Scenario scenario) {
    return List.of(
        job(server, "task" + HEAD, Protocol.H1, scenario),
        job(server, "task" + HEAD, Protocol.TLS_H1, scenario),
        job(server, "task" + HEAD, Protocol.H2C, scenario),
        job(server, "task" + HEAD, Protocol.H2C, scenario)
            .named("long-" + scenario.pathName())
            .withPause(BUSY_FOR_LONG_MILLIS),
        job(server, "begun" + HEAD, Protocol.H1, scenario),
        job(server, "begun-async" + HEAD, Protocol.H1, scenario),
        job(server, "begun-async" + HEAD, Protocol.TLS_H2, scenario),
        job(server, "cold" + HEAD, Protocol.TLS_H1, scenario),
        job(server, "cold" + HEAD, Protocol.H2C, scenario),
        job(server, "lane" + HEAD, Protocol.TLS_H2, scenario));
  }

  /** The client completes the futures of apps there. */
  private static void commonPool(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                command(jdk, server)
                    .agent(ProbeProcess.agent())
                    .property("java.util.concurrent.ForkJoinPool.common.parallelism", "2")
                    .property("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms")
                    .property("stallguard.rule.heads.match", "*/scenario/*")
                    .property("stallguard.rule.heads.head", ClientRun.LIMIT_MILLIS + "ms"))) {
      List<JobLine> jobs = new ArrayList<>();
      for (Protocol protocol : List.of(Protocol.H1, Protocol.TLS_H2)) {
        jobs.add(job(server, "common/future", protocol, Scenario.STALL_MID));
        jobs.add(job(server, "common/callback", protocol, Scenario.STALL_MID));
        jobs.add(job(server, "common" + HEAD, protocol, Scenario.STALL_HEADERS));
      }

      Map<String, Outcome> outcomes =
          process.run(jobs.stream().map(job -> job.withPause(FOR_GOOD_MILLIS)).collect(toList()));

      assertThat(jobs)
          .allSatisfy(
              job ->
                  assertThat(outcomes.get(job.id()).ending())
                      .as(job.id())
                      .contains("java.net.http.HttpTimeoutException: "));
      assertThat(process.end()).noneMatch(line -> line.contains("reader released 0.0"));
    }
  }

  /** Where the client keeps what is looked at differs from one JDK to another. */
  private static void fields(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = guarded(jdk, server)) {
      check(
          process, fieldsOf(server, Scenario.SLOW_BUT_ALIVE), fieldsOf(server, Scenario.STALL_MID));
    }
  }

  private static List<JobLine> fieldsOf(StallServer server, Scenario scenario) {
    return List.of(
        job(server, "task/input-stream", Protocol.TLS_H1, scenario),
        job(server, "caller/input-stream", Protocol.H1, scenario),
        job(server, "window/input-stream", Protocol.H2C, scenario));
  }

  private static void carrier(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = guarded(jdk, server)) {
      check(
          process,
          List.of(job(server, "virtual/input-stream", Protocol.H1, Scenario.SLOW_BUT_ALIVE)),
          List.of(job(server, "virtual/input-stream", Protocol.H1, Scenario.STALL_MID)));
    }
  }

  /**
   * What waits in the socket is read by nobody any more: a whole limit more, and it is released.
   */
  private static void deaf(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "DeafClientProbe", List.of(), server)
                    .agent(ProbeProcess.agent())
                    .jvmOptions("--add-opens=java.net.http/jdk.internal.net.http=ALL-UNNAMED")
                    .jvmOptions(
                        "--add-opens=java.net.http/jdk.internal.net.http.common=ALL-UNNAMED")
                    .property("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"))) {
      List<JobLine> jobs = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        for (String form : List.of("interest", "over")) {
          jobs.add(job(server, form, protocol, Scenario.SLOW_BUT_ALIVE).withPause(0));
        }
      }
      for (Protocol protocol : List.of(Protocol.TLS_H1, Protocol.TLS_H2)) {
        jobs.add(job(server, "stopped", protocol, Scenario.SLOW_BUT_ALIVE).withPause(0));
      }

      Map<String, Outcome> outcomes = process.run(jobs);

      assertThat(jobs)
          .allSatisfy(
              job -> {
                isReleased(outcomes.get(job.id()), SOON_MILLIS);
                assertThat(outcomes.get(job.id()).silentMillis())
                    .as(job.id())
                    .isGreaterThanOrEqualTo(2 * ClientRun.LIMIT_MILLIS);
              });
      assertThat(process.end())
          .filteredOn(line -> line.contains("bytes or an end wait that the client does not fetch"))
          .hasSize(jobs.size());
      assertThat(server.exchanges())
          .filteredOn(exchange -> exchange.path().contains("run=stopped"))
          .hasSize(2)
          .allMatch(exchange -> server.awaitConnectionClosed(exchange.connection(), PATIENCE));
    }
  }

  /** What is to be whole with the agent is so without. */
  private static void control(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = ProbeProcess.start(command(jdk, server))) {
      List<JobLine> alive = new ArrayList<>(poolsOf(server, Scenario.SLOW_BUT_ALIVE));
      alive.addAll(headsOf(server, Scenario.SLOW_BUT_ALIVE));

      Map<String, Outcome> outcomes = process.run(alive);

      assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
    }
  }

  private static void check(ProbeProcess process, List<JobLine> alive, List<JobLine> silent) {
    List<JobLine> all = new ArrayList<>(alive);
    all.addAll(silent);
    all.forEach(process::send);
    process.process().awaitLine(line -> process.outcomes(all).size() == all.size(), PATIENCE);

    Map<String, Outcome> outcomes = process.outcomes(all);
    assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
    assertThat(silent).allSatisfy(job -> isReleased(outcomes.get(job.id()), latestMillis(job)));
    assertThat(process.end())
        .noneMatch(line -> line.contains("keeps its windows elsewhere"))
        .noneMatch(line -> line.contains("internal error"));
  }

  private static long latestMillis(JobLine job) {
    return job.form().startsWith("window")
            || job.form().startsWith("lane")
            || job.form().endsWith(HEAD)
        ? ANEW_MILLIS
        : SOON_MILLIS;
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    assertThat(outcome.sha256())
        .as(outcome.id())
        .isEqualTo(Outcome.sha256(JobLine.body(Scenario.SLOW_BUT_ALIVE, ALIVE)));
  }

  private static void isReleased(Outcome outcome, long latestMillis) {
    assertThat(outcome.ending())
        .as(outcome.id())
        .contains("java.net.http.HttpTimeoutException: ")
        .containsAnyOf("no byte for ", "no response head for ");
    assertThat(outcome.silentMillis())
        .as(outcome.id())
        .isBetween(ClientRun.LIMIT_MILLIS, latestMillis);
  }

  private static JobLine job(
      StallServer server, String form, Protocol protocol, Scenario scenario) {
    String id = form.replace('/', '-') + "-" + protocol + "-" + scenario.pathName();
    String alive = form.endsWith(HEAD) ? LATE_HEAD : ALIVE;
    String settings = scenario == Scenario.SLOW_BUT_ALIVE ? alive : "";
    return JobLine.named(server, id, form, protocol, scenario, settings).withPause(BUSY_MILLIS);
  }

  private static ProbeProcess guarded(Jdk jdk, StallServer server) {
    return ProbeProcess.start(
        command(jdk, server)
            .agent(ProbeProcess.agent())
            .property("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"));
  }

  /** With windows that two bodies use up, and a single carrier. */
  private static JavaCommand command(Jdk jdk, StallServer server) {
    return ProbeProcess.command(jdk, "BusyPoolProbe", List.of(), server)
        .property("jdk.httpclient.windowsize", "32768")
        .property("jdk.httpclient.connectionWindowSize", "65535")
        .property("jdk.virtualThreadScheduler.parallelism", "1")
        .property("jdk.virtualThreadScheduler.maxPoolSize", "1");
  }
}
