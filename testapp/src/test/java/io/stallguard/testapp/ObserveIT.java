package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In mode observe each stall is told and none is acted on. */
class ObserveIT {
  /** Silent for twice the limit, and then the rest of the answer. */
  private static final String SETTINGS = "resume-ms=4000";

  private static final Map<String, String> OBSERVE =
      Map.of("stallguard.mode", "observe", "stallguard.idle", "2s");

  private static final List<Protocol> PROTOCOLS = List.of(Protocol.H1, Protocol.TLS_H2);

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
  Stream<DynamicTest> tellsAndLeavesAlone() {
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:5.5.1");
    return SideBySide.of(
        dynamicTest(
            "HttpURLConnection",
            () -> observed("HttpUrlConnectionProbe", List.of(), List.of(Protocol.H1), "stream")),
        dynamicTest(
            "HttpClient",
            () ->
                observed(
                    "JavaHttpClientProbe",
                    List.of(),
                    PROTOCOLS,
                    "input-stream",
                    "string",
                    "own-subscriber")),
        dynamicTest("OkHttp", () -> observed("OkHttpProbe", okHttp, PROTOCOLS, "blocking", "sse")),
        dynamicTest("clients that give up", () -> givenUp(okHttp)));
  }

  /** Each has a timeout, a cancel or a close of its own, well after the limit. */
  private static void givenUp(List<Path> okHttp) {
    List<JobLine> jobs =
        Stream.of(
                "url-timeout",
                "okhttp-timeout",
                "okhttp-cancel",
                "http-cancel",
                "http-close",
                "http-interrupt")
            .map(form -> JobLine.of(server, form, Protocol.H1, Scenario.STALL_MID, ""))
            .toList();
    try (ProbeProcess process =
        ProbeProcess.start(Jdks.find().jdk(17), "GivingUpProbe", okHttp, server, OBSERVE)) {
      Map<String, Outcome> outcomes = process.run(jobs);
      process.awaitErr("of silence", jobs.size());
      List<String> err = process.end();

      jobs.forEach(job -> assertThat(outcomes.get(job.id()).ending()).doesNotContain("limit of"));
      jobs.forEach(job -> isToldAs(job, err, "given up"));
      assertThat(err).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void observed(
      String probe, List<Path> classPath, List<Protocol> protocols, String... forms) {
    List<JobLine> jobs = jobs(protocols, forms);
    try (ProbeProcess process =
        ProbeProcess.start(Jdks.find().jdk(17), probe, classPath, server, OBSERVE)) {
      Map<String, Outcome> outcomes = process.run(jobs);
      process.awaitErr("of silence", jobs.size());
      List<String> err = process.end();

      jobs.forEach(job -> isWhole(job, outcomes.get(job.id())));
      jobs.forEach(job -> isToldAs(job, err, "resumed"));
      assertThat(err).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> jobs(List<Protocol> protocols, String... forms) {
    List<JobLine> jobs = new ArrayList<>();
    for (String form : forms) {
      protocols.forEach(
          protocol -> jobs.add(JobLine.of(server, form, protocol, Scenario.STALL_MID, SETTINGS)));
    }
    return jobs;
  }

  private static void isWhole(JobLine job, Outcome outcome) {
    assertThat(outcome.ending()).isEqualTo("END");
    if (job.form().equals("sse")) {
      assertThat(outcome.bytes()).isPositive();
    } else {
      assertThat(outcome.sha256())
          .isEqualTo(Outcome.sha256(JobLine.body(Scenario.STALL_MID, SETTINGS)));
    }
  }

  private static void isToldAs(JobLine job, List<String> err, String how) {
    String path = "run=" + job.id() + "/";
    assertThat(err)
        .filteredOn(line -> line.contains("stream stalled") && line.contains(path))
        .singleElement()
        .asString()
        .startsWith("[stallguard] ")
        .contains("stream stalled, would have been aborted (mode=observe): ")
        .contains("idle limit of 2 s exceeded: no byte for ");
    assertThat(err)
        .filteredOn(line -> line.contains("of silence") && line.contains(path))
        .singleElement()
        .asString()
        .containsPattern("^\\[stallguard] .*stream " + how + " after [2-9]\\.?\\d* s of silence: ");
  }
}
