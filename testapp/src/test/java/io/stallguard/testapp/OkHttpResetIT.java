package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Streams of OkHttp are reset while no thread is to be had, and OkHttp makes connections again once
 * there are threads.
 */
class OkHttpResetIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CANCEL = 8;

  /** Of each shape that OkHttp's insides have had. */
  private static final List<String> VERSIONS = List.of("3.11.0", "3.14.9", "4.12.0", "5.5.1");

  @TestFactory
  Stream<DynamicTest> resetsStreamsWithoutThreads() {
    return SideBySide.of(
        VERSIONS.stream()
            .map(version -> dynamicTest("OkHttp " + version, () -> resetsStreams(version)))
            .toList());
  }

  private static void resetsStreams(String version) {
    LeftOut.unlessMachineHas(
        ThreadLimit.possible(), "a limit on threads takes a cgroup for pids, or prlimit");
    try (StallServer server = StallServer.start()) {
      ProbeProcess process = start(version, server);
      // Closed last: a group goes with its last process.
      try (ThreadLimit limit = ThreadLimit.of(process.process().pid());
          ProbeProcess closedFirst = process) {
        resetsStreams(server, closedFirst, limit);
      }
    }
  }

  private static ProbeProcess start(String version, StallServer server) {
    return ProbeProcess.start(
        Jdks.find().jdk(17),
        "OutageProbe",
        ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version),
        server,
        Map.of("stallguard.idle", "1s"));
  }

  private static void resetsStreams(StallServer server, ProbeProcess process, ThreadLimit limit) {
    process.run(JobLine.command("end-idle-threads", "end-idle-threads", 0));
    // From then on there are threads for looks and aborts.
    process.run(job(server, "early", Protocol.TLS_H2, Scenario.STALL_MID));
    // Goes on: a silent connection may be closed with its last stream, before the reset is written.
    process.send(job(server, "sibling", Protocol.H2C, Scenario.PING_ONLY));
    server.awaitExchange(
        each -> each.path().contains("run=sibling") && each.eventsSent() > 1, PATIENCE);
    List<JobLine> jobs =
        Stream.of("one", "two", "three")
            .map(id -> job(server, id, Protocol.H2C, Scenario.OUTAGE))
            .toList();
    jobs.forEach(process::send);
    server.awaitExchanges(jobs.size(), each -> isOfOutage(each) && each.eventsSent() > 4, PATIENCE);

    limit.forbid();
    server.beginOutage();
    List<SeenExchange> ended =
        server.awaitExchanges(jobs.size(), each -> isOfOutage(each) && each.ended(), PATIENCE);
    limit.allow();

    assertThat(ended).allMatch(each -> each.errorCode() == CANCEL);
    assertThat(process.await(jobs).values())
        .allMatch(outcome -> outcome.ending().contains("idle limit of 1 s exceeded"));
    assertThat(process.run(job(server, "after", Protocol.TLS_H2, Scenario.OK)).ended()).isTrue();
    assertThat(process.err()).noneMatch(line -> line.contains("abort failed"));
  }

  private static boolean isOfOutage(SeenExchange exchange) {
    return exchange.path().contains("/outage;");
  }

  private static JobLine job(StallServer server, String id, Protocol protocol, Scenario scenario) {
    String form = "plain+OkHttpProbe/blocking";
    return JobLine.named(server, id, form, protocol, scenario, "");
  }
}
