package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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
 * Streams whose client is kept from fetching their bytes by what else the app does: none of them is
 * aborted for that, and one whose server is silent is released all the same, and soon.
 */
class BusyClientIT {
  private static final String ALIVE = "events=12;period-ms=400";

  /** Beyond the limit and all that holds the client up; below what a second limit would take. */
  private static final long SOON_MILLIS = ClientRun.LIMIT_MILLIS + 5_000;

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long FOR_GOOD_MILLIS = 600_000;
  private static final long TURN_MILLIS = 1_000;
  private static final long SHORT_TURN_MILLIS = 150;

  private static final Jdk JDK_17 = Jdks.find().jdk(17);
  private static final String STALL = NettySuite.STALL;
  private static final String OLD_STALL = NettySuite.OLD_STALL;

  @TestFactory
  Stream<DynamicTest> busy() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : new Jdk[] {JDK_17, newest()}) {
      String name = "a consumer that shares a connection, JDK " + jdk.feature();
      tests.add(dynamicTest(name, () -> lane(jdk)));
    }
    List<String> both = List.of("reactor-nio", "reactor-epoll");
    String reactor = "io.projectreactor.netty:reactor-netty-http:";
    String async = "org.asynchttpclient:async-http-client:3.0.13";
    tests.add(loop("an event loop of Netty 4.2", reactor + "1.3.7", both, STALL));
    tests.add(loop("an event loop of Netty 4.1", reactor + "1.0.0", both, OLD_STALL));
    tests.add(loop("an event loop of AsyncHttpClient", async, List.of("async-nio"), STALL));
    tests.add(dynamicTest("loops that do not turn", () -> blocked(reactor + "1.3.7", both)));
    return SideBySide.allOf(tests);
  }

  private static void lane(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(jdk, "SharedConnectionProbe", List.of(), server)) {
      List<JobLine> alive = new ArrayList<>();
      List<JobLine> silent = new ArrayList<>();
      for (String form :
          List.of("consumer", "subscriber", "subscriber-at-end", "mapping", "steady")) {
        for (Protocol protocol : List.of(Protocol.H2C, Protocol.TLS_H2)) {
          alive.add(job(server, form, protocol, Scenario.SLOW_BUT_ALIVE, ClientRun.LONG_MILLIS));
          silent.add(job(server, form, protocol, Scenario.STALL_MID, TURN_MILLIS));
        }
      }

      Map<String, Outcome> outcomes = run(process, alive, silent);

      assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
      assertThat(silent)
          .allSatisfy(
              job ->
                  isReleasedSoon(outcomes.get(job.id()), "java.net.http.HttpTimeoutException: "));
    }
  }

  private static DynamicTest loop(
      String name, String coordinates, List<String> forms, String stall) {
    return dynamicTest(name, () -> loop(NettySuite.classPath(coordinates), forms, stall));
  }

  private static void loop(List<Path> classPath, List<String> forms, String stall) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(JDK_17, "BusyLoopProbe", classPath, server)) {
      List<JobLine> alive = new ArrayList<>();
      List<JobLine> silent = new ArrayList<>();
      for (String form : forms) {
        alive.add(job(server, form, Protocol.H1, Scenario.SLOW_BUT_ALIVE, ClientRun.LONG_MILLIS));
        silent.add(job(server, form, Protocol.H1, Scenario.STALL_MID, TURN_MILLIS));
        silent.add(job(server, form, Protocol.H1, Scenario.STALL_MID, SHORT_TURN_MILLIS));
        silent.add(
            job(
                server,
                form + "-shut-down",
                Protocol.H1,
                Scenario.STALL_MID,
                ClientRun.LONG_MILLIS));
      }

      Map<String, Outcome> outcomes = run(process, alive, silent);

      assertThat(alive).allSatisfy(job -> isWhole(outcomes.get(job.id())));
      assertThat(silent).allSatisfy(job -> isReleasedSoon(outcomes.get(job.id()), stall));
      process.awaitErr("verdict put off before", forms.size());
    }
  }

  /** Nobody can say of their streams whether they are silent, but who is to say it. */
  private static void blocked(String coordinates, List<String> forms) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            start(JDK_17, "BusyLoopProbe", NettySuite.classPath(coordinates), server)) {
      for (String form : forms) {
        process.send(job(server, form, Protocol.H1, Scenario.STALL_MID, FOR_GOOD_MILLIS));
      }

      process.awaitErr("verdict put off: its event loop has not answered for", forms.size());
      process.awaitErr("BusyLoopProbe.sleep", forms.size());
      assertThat(process.err()).noneMatch(line -> line.contains("stream stalled"));
    }
  }

  private static Map<String, Outcome> run(
      ProbeProcess process, List<JobLine> alive, List<JobLine> silent) {
    List<JobLine> all = new ArrayList<>(alive);
    all.addAll(silent);
    all.forEach(process::send);
    process.process().awaitLine(line -> process.outcomes(all).size() == all.size(), PATIENCE);
    return process.outcomes(all);
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    assertThat(outcome.sha256())
        .as(outcome.id())
        .isEqualTo(Outcome.sha256(JobLine.body(Scenario.SLOW_BUT_ALIVE, ALIVE)));
  }

  private static void isReleasedSoon(Outcome outcome, String thrown) {
    assertThat(outcome.ending()).as(outcome.id()).startsWith(thrown);
    assertThat(outcome.silentMillis())
        .as(outcome.id())
        .isBetween(ClientRun.LIMIT_MILLIS, SOON_MILLIS);
  }

  private static JobLine job(
      StallServer server, String form, Protocol protocol, Scenario scenario, long busyMillis) {
    String id = form + "-" + protocol + "-" + scenario.pathName() + "-" + busyMillis;
    String settings = scenario == Scenario.SLOW_BUT_ALIVE ? ALIVE : "";
    return JobLine.named(server, id, form, protocol, scenario, settings).withPause(busyMillis);
  }

  private static ProbeProcess start(
      Jdk jdk, String probe, List<Path> classPath, StallServer server) {
    return ProbeProcess.start(
        jdk, probe, classPath, server, Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"));
  }

  private static Jdk newest() {
    return Jdks.find().all().stream()
        .max(Comparator.comparingInt(Jdk::feature))
        .orElseThrow(() -> new AssertionError("no JDK"));
  }
}
