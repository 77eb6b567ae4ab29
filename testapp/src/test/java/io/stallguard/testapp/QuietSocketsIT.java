package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sockets that are none of ours, named ones, and answers that are complete and stay open. */
class QuietSocketsIT {
  private static final long SILENT_MILLIS = 6_000;
  private static final String QUIET = "QuietSocketsProbe/";
  private static final String RAW = "RawHttpProbe/";
  private static final String SILENT = "SocketProbe/silent";

  /** The last for Java 8. */
  private static final String DATABASE = "com.h2database:h2:1.4.200";

  @TestFactory
  Stream<DynamicTest> sockets() {
    return SideBySide.of(
        Stream.of(8, 17, 26)
            .flatMap(feature -> Jdks.find().all().stream().filter(j -> j.feature() == feature))
            .flatMap(
                jdk ->
                    Stream.of(
                        dynamicTest("quiet on JDK " + jdk.feature(), () -> leavesAlone(jdk)),
                        dynamicTest("named on JDK " + jdk.feature(), () -> releasesNamed(jdk)),
                        dynamicTest("done on JDK " + jdk.feature(), () -> endsAfterDone(jdk)),
                        dynamicTest(
                            "recorded on JDK " + jdk.feature(),
                            () -> releasesWhileItIsRecorded(jdk))))
            .toList());
  }

  private static void leavesAlone(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(jdk, server, Map.of("stallguard.idle", "2s"))) {
      Map<String, Outcome> outcomes =
          process.run(
              List.of(
                  job(server, "jdbc", QUIET + "jdbc"),
                  JobLine.plain(
                      server,
                      "websocket",
                      QUIET + "websocket",
                      Protocol.H1,
                      "GET",
                      "/websocket?silent-ms=" + SILENT_MILLIS),
                  job(server, "accepted", QUIET + "accepted"),
                  job(server, "unasked", QUIET + "unasked"),
                  job(server, "turned", QUIET + "turned"),
                  job(server, "redis", SILENT)));
      List<String> err = process.end();

      assertThat(outcomes.values()).allMatch(Outcome::ended, "untouched");
      assertThat(outcomes.get("websocket").bytes()).isEqualTo("hello".length());
      assertThat(outcomes.get("jdbc").bytes()).isEqualTo(1);
      assertThat(err).singleElement().asString().startsWith("[stallguard] stallguard ");
    }
  }

  private static void releasesNamed(Jdk jdk) {
    Map<String, String> properties =
        Map.of("stallguard.idle", "2s", "stallguard.sockets", "127.0.0.1:*");
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(jdk, server, properties)) {
      Map<String, Outcome> outcomes =
          process.run(
              List.of(
                  job(server, "redis", SILENT).withPause(10 * SILENT_MILLIS),
                  stalled(server, "stream"),
                  stalled(server, "layered"),
                  job(server, "accepted", QUIET + "accepted"),
                  job(server, "turned", QUIET + "turned")));
      List<String> err = process.awaitErr("stream stalled, aborted", 3);

      assertThat(outcomes.get("redis").ending())
          .startsWith("io.stallguard.core.StallTimeoutException: idle limit of 2 s exceeded")
          .contains("READ tcp://localhost:", "raw socket");
      assertThat(outcomes.get("redis").bytes()).isEqualTo("data: 1\n\n".length());
      assertThat(outcomes.get("redis").silentMillis()).isGreaterThanOrEqualTo(2_000);
      assertThat(List.of(outcomes.get("stream"), outcomes.get("layered")))
          .allSatisfy(tls -> assertThat(tls.ending()).contains("READ tcp://", "raw socket"));
      assertThat(outcomes.get("accepted").ended()).isTrue();
      assertThat(outcomes.get("turned").ended()).isTrue();
      assertThat(err).as("one report each, though there are two sockets for one").hasSize(3);
    }
  }

  private static JobLine stalled(StallServer server, String form) {
    return JobLine.named(server, form, RAW + form, Protocol.TLS_H1, Scenario.STALL_MID, "");
  }

  /** The recorder weaves the sockets too, and asks them things when they are closed already. */
  private static void releasesWhileItIsRecorded(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", List.of(), server)
                    .agent(ProbeProcess.agent())
                    .jvmOptions("-XX:StartFlightRecording=settings=profile,disk=false")
                    .property("stallguard.idle", "2s")
                    .property("stallguard.done-grace", "2s"))) {
      Map<String, Outcome> outcomes =
          process.run(
              List.of(
                  JobLine.named(
                      server, "plain", RAW + "stream", Protocol.H1, Scenario.STALL_MID, ""),
                  stalled(server, "layered"),
                  done(server, "stream", Protocol.H1)));

      assertThat(List.of(outcomes.get("plain").ending(), outcomes.get("layered").ending()))
          .allMatch(ending -> ending.startsWith("io.stallguard.core.StallTimeoutException: "));
      assertThat(outcomes.get("stream-" + Protocol.H1).ending()).isEqualTo("END");
    }
  }

  /** The terminal event has come, the connection stays: a reader of chunks sees a normal end. */
  private static void endsAfterDone(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(jdk, server, Map.of("stallguard.done-grace", "2s"))) {
      Map<String, Outcome> outcomes =
          process.run(
              List.of(
                  done(server, "stream", Protocol.H1),
                  done(server, "single-bytes", Protocol.H1),
                  done(server, "stream", Protocol.TLS_H1),
                  done(server, "left-open", Protocol.TLS_H1)));

      String sent = Outcome.sha256(JobLine.body(Scenario.DONE_NO_CLOSE, ""));
      assertThat(outcomes.values())
          .allSatisfy(
              outcome -> {
                assertThat(outcome.ending()).isEqualTo("END");
                assertThat(outcome.sha256()).isEqualTo(sent);
              });
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JobLine done(StallServer server, String form, Protocol protocol) {
    return JobLine.named(
        server, form + "-" + protocol, RAW + form, protocol, Scenario.DONE_NO_CLOSE, "");
  }

  private static JobLine job(StallServer server, String id, String form) {
    return JobLine.plain(server, id, form, Protocol.H1, "POST", "/").withPause(SILENT_MILLIS);
  }

  private static ProbeProcess start(Jdk jdk, StallServer server, Map<String, String> properties) {
    return ProbeProcess.start(jdk, "EveryProbe", ClassPaths.resolve(DATABASE), server, properties);
  }
}
