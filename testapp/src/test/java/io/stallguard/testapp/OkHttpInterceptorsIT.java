package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A body of OkHttp is guarded from where it comes from the wire, whatever the app's network
 * interceptors do with it; and their own time is no silence.
 */
class OkHttpInterceptorsIT {
  private static final long LIMIT_MILLIS = 2_000;

  /** For how long an interceptor is busy: beyond the limit. */
  private static final long HELD_MILLIS = 3_000;

  private static final String STALL =
      "io.stallguard.core.StallTimeoutException: idle limit of 2 s exceeded";

  private static final List<Protocol> PROTOCOLS = List.of(Protocol.H1, Protocol.H2C);

  private final List<JobLine> dead = new ArrayList<>();
  private final List<JobLine> healthy = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> guardsWhatInterceptorsRead() {
    return SideBySide.allOf(
        Stream.of(System.getProperty("okhttp.floor"), "4.12.0", "5.5.1")
            .map(
                version ->
                    dynamicTest("OkHttp " + version, () -> new OkHttpInterceptorsIT().run(version)))
            .toList());
  }

  private void run(String version) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17),
                "OkHttpInterceptorsProbe",
                ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version),
                server,
                Map.of(
                    "stallguard.idle", LIMIT_MILLIS + "ms",
                    "stallguard.event-idle", "3s",
                    "stallguard.done-grace", "1s"))) {
      PROTOCOLS.forEach(protocol -> addJobs(server, protocol));
      List<JobLine> all = new ArrayList<>(dead);
      all.addAll(healthy);
      List<JobLine> beats = PROTOCOLS.stream().map(each -> beats(server, each)).toList();
      List<JobLine> done = PROTOCOLS.stream().map(each -> done(server, each)).toList();
      all.addAll(beats);
      all.addAll(done);
      Map<String, Outcome> outcomes = process.run(all);

      assertThat(dead).allSatisfy(job -> isReleased(outcomes.get(job.id())));
      assertThat(healthy).allSatisfy(job -> isWhole(outcomes.get(job.id()), Scenario.OK));
      assertThat(beats)
          .allSatisfy(
              job -> assertThat(outcomes.get(job.id()).ending()).contains("event-idle limit"));
      assertThat(done).allSatisfy(job -> isWhole(outcomes.get(job.id()), Scenario.DONE_NO_CLOSE));
      String sums = all.size() + " streams guarded (okhttp " + all.size() + ")";
      assertThat(process.end())
          .anyMatch(line -> line.contains(sums))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  private void addJobs(StallServer server, Protocol protocol) {
    for (String form : List.of("none", "peeks", "logs", "renames", "elsewhere")) {
      for (String coding : List.of("", "encoding=gzip")) {
        add(server, form, protocol, coding);
      }
    }
    add(server, "names", protocol, "type=text%2Fplain");
    JobLine whole = job(server, "holds-all", protocol, Scenario.OK, "");
    healthy.add(whole.withPause(HELD_MILLIS));
    JobLine piece = job(server, "holds-piece", protocol, Scenario.STALL_MID, "");
    dead.add(piece.withPause(HELD_MILLIS));
  }

  private void add(StallServer server, String form, Protocol protocol, String settings) {
    dead.add(job(server, form, protocol, Scenario.STALL_MID, settings));
    healthy.add(job(server, form, protocol, Scenario.OK, settings));
  }

  /** Heartbeats that OkHttp decodes are told from events. */
  private static JobLine beats(StallServer server, Protocol protocol) {
    return job(server, "none", protocol, Scenario.PING_ONLY, "encoding=gzip");
  }

  /** The end of an answer is seen where it is decoded, though its coding has no end. */
  private static JobLine done(StallServer server, Protocol protocol) {
    return job(server, "none", protocol, Scenario.DONE_NO_CLOSE, "encoding=gzip");
  }

  private static JobLine job(
      StallServer server, String form, Protocol protocol, Scenario scenario, String settings) {
    String id = form + "-" + protocol + "-" + scenario.pathName() + "-" + settings.length();
    return JobLine.named(server, id, form, protocol, scenario, settings);
  }

  private static void isReleased(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).startsWith(STALL);
    assertThat(outcome.silentMillis()).as(outcome.id()).isGreaterThan(LIMIT_MILLIS - 100);
  }

  private static void isWhole(Outcome outcome, Scenario scenario) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    assertThat(outcome.sha256())
        .as(outcome.id())
        .isEqualTo(Outcome.sha256(JobLine.body(scenario, "")));
  }
}
