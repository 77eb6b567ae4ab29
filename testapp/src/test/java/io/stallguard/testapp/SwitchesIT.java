package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What operators can set, seen from outside; what a value may look like, unit tests know. */
class SwitchesIT {
  private static final String URL_CONNECTION = "HttpUrlConnectionProbe";
  private static final String BANNER = "[stallguard] stallguard ";
  private static final String STALLED = "stream stalled, aborted";

  /** Longer than any limit that is set here. */
  private static final String RESUMES = "resume-ms=4500";

  /** How long a subscription without a limit is watched. */
  private static final Duration WHILE = Duration.ofSeconds(4);

  private static final String TRUNCATED = "java.io.EOFException: ";

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
  Stream<DynamicTest> leaveStreamsAlone() {
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:4.12.0");
    return SideBySide.of(
        leftAlone("enabled", "false"),
        leftAlone("mode", "off"),
        leftAlone("exclude", "127.0.0.1"),
        leftAlone("include", "other.example"),
        leftAlone("content-types", "application/json"),
        leftAlone("methods", "GET"),
        dynamicTest(
            "instrumentation.okhttp.enabled=false",
            () ->
                isLeftAlone(
                    "OkHttpProbe",
                    okHttp,
                    "blocking",
                    Map.of("stallguard.instrumentation.okhttp.enabled", "false"))));
  }

  private static DynamicTest leftAlone(String name, String value) {
    return dynamicTest(
        name + "=" + value,
        () ->
            isLeftAlone(URL_CONNECTION, List.of(), "stream", Map.of("stallguard." + name, value)));
  }

  private static void isLeftAlone(
      String probe, List<Path> classPath, String form, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("stallguard.idle", "2s");
    try (ProbeProcess process =
        ProbeProcess.start(Jdks.find().jdk(17), probe, classPath, server, all)) {
      Outcome outcome =
          process.run(JobLine.of(server, form, Protocol.H1, Scenario.STALL_MID, RESUMES));
      List<String> err = process.end();

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(outcome.sha256())
          .isEqualTo(Outcome.sha256(JobLine.body(Scenario.STALL_MID, RESUMES)));
      assertThat(err)
          .filteredOn(line -> !line.contains("okhttp 4.12.0 "))
          .hasSizeLessThanOrEqualTo(1)
          .allMatch(line -> line.startsWith(BANNER));
    }
  }

  @TestFactory
  Stream<DynamicTest> act() {
    return SideBySide.of(
        dynamicTest("first-byte", SwitchesIT::firstByte),
        dynamicTest("total", SwitchesIT::total),
        dynamicTest("agent arguments", SwitchesIT::agentArguments),
        dynamicTest("a property beats an argument", SwitchesIT::propertyBeatsArgument),
        dynamicTest("a bad value takes its default alone", SwitchesIT::badFirstByte),
        dynamicTest("no setting", SwitchesIT::defaults),
        dynamicTest("a subscription with a limit", SwitchesIT::subscription),
        dynamicTest("after-done=throw", SwitchesIT::afterDone),
        dynamicTest("truncated=throw", SwitchesIT::truncated),
        dynamicTest("truncated=throw, java.net.http", SwitchesIT::truncatedWithHttpClient),
        dynamicTest("truncated=throw, OkHttp", SwitchesIT::truncatedWithOkHttp),
        dynamicTest("events of an operator's own", SwitchesIT::ownEvents),
        dynamicTest("head, OkHttp", SwitchesIT::head),
        dynamicTest("head, HttpURLConnection", SwitchesIT::headOfUrlConnection),
        headOfApache("ApacheHttpClient5Probe", ApacheVersions.FLOOR_5),
        headOfApache("ApacheHttpClient5Probe", ApacheVersions.LATEST_5),
        headOfApache("LegacyApacheHttpClientProbe", ApacheVersions.FLOOR_4),
        headOfApache("ApacheHttpClient4Probe", ApacheVersions.LATEST_4));
  }

  private static void firstByte() {
    try (ProbeProcess process = start("", "first-byte", "1500ms")) {
      Outcome outcome = process.run(job(Scenario.STALL_FIRST_BYTE, ""));

      isReleased(process, outcome, "first-byte limit of 1.5 s exceeded: no byte for ");
      process.awaitErr("first-byte=1.5 s (system property stallguard.first-byte)", 2);
    }
  }

  /**
   * A healthy stream, and one whose consumer is busy, which is no demand, until after the limit.
   */
  private static void total() {
    JobLine slow = job(Scenario.SLOW_BUT_ALIVE, "events=30;period-ms=200");
    JobLine busy = job(Scenario.STALL_MID, "").withPause(4000);
    try (ProbeProcess process = start("", "total", "2s")) {
      Map<String, Outcome> outcomes = process.run(List.of(slow, busy));

      assertThat(outcomes.get(slow.id()).ending())
          .contains("StallTimeoutException: total limit of 2 s exceeded: stream open for ");
      assertThat(outcomes.get(busy.id()).ending())
          .containsPattern("total limit of 2 s exceeded: stream open for [3-9](\\.\\d+)? s;");
      process.awaitErr("total limit exceeded: total=2 s (system property stallguard.total)", 2);
    }
  }

  private static void agentArguments() {
    String arguments = "idle=2s,content-types=text/event-stream,application/x-ndjson";
    JobLine events = job(Scenario.STALL_MID, "");
    JobLine lines =
        JobLine.plain(
            server,
            "ndjson",
            "stream",
            Protocol.H1,
            "POST",
            "/scenario/stall-mid;run=ndjson" + Provider.OLLAMA.path());
    JobLine other = job(Scenario.STALL_MID, RESUMES + ";type=application%2Fjsonl");
    try (ProbeProcess process = start(arguments)) {
      process.awaitErr("idle=2 s (agent argument)", 1);
      other = new JobLine("other", other.form(), other.protocol(), "POST", 0, other.url());
      Map<String, Outcome> outcomes = process.run(List.of(events, lines, other));

      assertThat(outcomes.get(events.id()).ending()).contains("idle limit of 2 s exceeded");
      assertThat(outcomes.get(lines.id()).ending()).contains("idle limit of 2 s exceeded");
      assertThat(outcomes.get(other.id()).ending()).isEqualTo("END");
      assertThat(process.awaitErr(STALLED, 2)).hasSize(2);
    }
  }

  private static void propertyBeatsArgument() {
    try (ProbeProcess process = start("idle=60s", "idle", "2s")) {
      process.awaitErr("idle=2 s (system property stallguard.idle)", 1);
      Outcome outcome = process.run(job(Scenario.STALL_MID, ""));

      isReleased(process, outcome, "idle limit of 2 s exceeded");
    }
  }

  private static void badFirstByte() {
    try (ProbeProcess process = start("", "first-byte", "soon", "idle", "2s")) {
      Outcome outcome = process.run(job(Scenario.STALL_MID, ""));

      isReleased(process, outcome, "idle limit of 2 s exceeded");
    }
  }

  private static void defaults() {
    try (ProbeProcess process = start("")) {
      process.expectNoEnd(subscriptionJob(), WHILE);
      String settings = ": mode=enforce, idle=300 s (default), breaker.share=off (";
      String sums = " coverage: 1 stream guarded (http-url-connection 1); guarded: http-url-";
      assertThat(process.end())
          .satisfiesExactly(
              line -> assertThat(line).startsWith(BANNER).contains(settings),
              line -> assertThat(line).contains(sums));
    }
  }

  private static void subscription() {
    try (ProbeProcess process = start("", "idle", "2s")) {
      Outcome outcome = process.run(subscriptionJob());

      isReleased(process, outcome, "first-byte limit of 2 s exceeded: no byte for ");
    }
  }

  private static void afterDone() {
    try (ProbeProcess process = start("", "after-done", "throw", "done-grace", "1s")) {
      Outcome outcome = process.run(job(Scenario.DONE_NO_CLOSE, ""));

      isReleased(process, outcome, "done-grace limit of 1 s exceeded: connection open");
    }
  }

  private static void truncated() {
    try (ProbeProcess process = start("", "truncated", "throw")) {
      isTruncated(process, job(Scenario.TRUNCATED, ""), TRUNCATED);
    }
  }

  /** The consumer of a body that is read ahead is busy when the end comes: it gets all before. */
  private static void truncatedWithHttpClient() {
    String wrapped = "java.io.UncheckedIOException: " + TRUNCATED;
    String future = "java.util.concurrent.ExecutionException: " + TRUNCATED;
    Map<String, String> forms =
        Map.of(
            "input-stream", TRUNCATED,
            "async-input-stream", TRUNCATED,
            "mapped-input-stream", TRUNCATED,
            "lines", wrapped,
            // The JDK's send makes a new one, as of every IOException.
            "own-subscriber", "java.io.IOException: ",
            "publisher", future);
    for (Jdk jdk : Jdks.find().all()) {
      if (jdk.feature() >= 11) {
        truncated(jdk, "JavaHttpClientProbe", List.of(), forms);
      }
    }
  }

  private static void truncatedWithOkHttp() {
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:4.12.0");
    truncated(
        Jdks.find().jdk(17),
        "OkHttpProbe",
        okHttp,
        Map.of("blocking", TRUNCATED, "sse", TRUNCATED));
  }

  private static void truncated(
      Jdk jdk, String probe, List<Path> classPath, Map<String, String> forms) {
    Map<String, String> settings = Map.of("stallguard.truncated", "throw");
    try (ProbeProcess process = ProbeProcess.start(jdk, probe, classPath, server, settings)) {
      forms.forEach(
          (form, thrown) -> {
            for (Protocol protocol : List.of(Protocol.H1, Protocol.TLS_H2)) {
              JobLine job =
                  JobLine.of(server, form, protocol, Scenario.TRUNCATED, "run=" + jdk.feature());
              isTruncated(process, job.withPause(1000), thrown);
            }
          });
    }
  }

  private static void isTruncated(ProbeProcess process, JobLine job, String thrown) {
    Outcome outcome = process.run(job);

    assertThat(outcome.ending())
        .startsWith(thrown + "stream truncated: ended ")
        .contains("the last content_block_delta", TRUNCATED);
    if (!job.form().equals("sse")) {
      assertThat(outcome.sha256()).isEqualTo(Outcome.sha256(JobLine.body(Scenario.TRUNCATED, "")));
    }
    process.awaitErr("stream truncated: ended ", 1);
  }

  /** The piece of text is the end here, and what follows it within the grace is delivered. */
  private static void ownEvents() {
    String[] settings = {
      "terminal-events",
      "content_block_delta",
      "heartbeats",
      "+content_block_start",
      "done-grace",
      "2s"
    };
    JobLine slow = job(Scenario.SLOW_BUT_ALIVE, "events=5;period-ms=300");
    JobLine open = job(Scenario.STALL_MID, "");
    try (ProbeProcess process = start("", settings)) {
      Map<String, Outcome> outcomes = process.run(List.of(slow, open));

      assertThat(outcomes.get(slow.id()).ending()).isEqualTo("END");
      assertThat(outcomes.get(open.id()).ending()).isEqualTo("END");
      process.awaitErr("stream ended after its terminal event, connection aborted", 1);
    }
  }

  private static void head() {
    String form = "blocking";
    JobLine silent = JobLine.of(server, form, Protocol.H1, Scenario.STALL_HEADERS, "");
    JobLine multiplexed = JobLine.of(server, form, Protocol.TLS_H2, Scenario.STALL_HEADERS, "");
    JobLine healthy = JobLine.of(server, form, Protocol.H1, Scenario.SLOW_BUT_ALIVE, "");
    var command =
        ProbeProcess.command(
                Jdks.find().jdk(17),
                "OkHttpProbe",
                ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:4.12.0"),
                server)
            .agent(ProbeProcess.agent(), "head=1500ms");
    try (ProbeProcess process = ProbeProcess.start(command)) {
      Map<String, Outcome> outcomes = process.run(List.of(silent, multiplexed, healthy));

      for (JobLine job : List.of(silent, multiplexed)) {
        assertThat(outcomes.get(job.id()).ending())
            .startsWith("io.stallguard.core.StallTimeoutException: head limit of 1.5 s exceeded")
            .contains("no response head for ", ", no response; ", "nothing delivered");
      }
      assertThat(outcomes.get(healthy.id()).ending()).isEqualTo("END");
      assertThat(process.awaitErr(STALLED, 2)).hasSize(2);
    }
  }

  /** On every JDK: it would send the request again if it were let. */
  private static void headOfUrlConnection() {
    for (Jdk jdk : Jdks.find().all()) {
      isReleasedBeforeHead(jdk, URL_CONNECTION, List.of(), "stream", "head-" + jdk.feature());
    }
  }

  /** Apache's client repeats requests that fail in some ways. */
  private static DynamicTest headOfApache(String probe, String version) {
    return dynamicTest(
        "head, Apache HttpClient " + version,
        () ->
            isReleasedBeforeHead(
                Jdks.find().jdk(17),
                probe,
                ApacheVersions.classPath(version),
                "blocking",
                "head-apache-" + version));
  }

  private static void isReleasedBeforeHead(
      Jdk jdk, String probe, List<Path> classPath, String form, String name) {
    Map<String, String> settings = Map.of("stallguard.head", "1500ms");
    try (ProbeProcess process = ProbeProcess.start(jdk, probe, classPath, server, settings)) {
      String mark = "run=" + name;
      JobLine clear = JobLine.of(server, form, Protocol.H1, Scenario.STALL_HEADERS, mark);
      JobLine tls = JobLine.of(server, form, Protocol.TLS_H1, Scenario.STALL_HEADERS, mark);
      JobLine healthy = JobLine.of(server, form, Protocol.H1, Scenario.SLOW_BUT_ALIVE, "");
      Map<String, Outcome> outcomes = process.run(List.of(clear, tls, healthy));

      for (JobLine job : List.of(clear, tls)) {
        assertThat(outcomes.get(job.id()).ending())
            .startsWith("io.stallguard.core.StallTimeoutException: head limit of 1.5 s exceeded")
            .contains("no response head for ", ", no response; ", "nothing delivered");
      }
      assertThat(outcomes.get(healthy.id()).ending()).isEqualTo("END");
      assertThat(process.awaitErr(STALLED, 2)).hasSize(2);
      assertThat(server.exchanges()).filteredOn(sent -> isOf(sent, mark)).hasSize(2);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static boolean isOf(SeenExchange exchange, String mark) {
    return exchange.path().contains(mark + ";") || exchange.path().contains(mark + "/");
  }

  private static void isReleased(ProbeProcess process, Outcome outcome, String message) {
    assertThat(outcome.ending()).startsWith("io.stallguard.core.StallTimeoutException: " + message);
    assertThat(process.awaitErr(STALLED, 1)).singleElement().asString().contains(message);
  }

  /**
   * Starts a probe on the main JDK.
   *
   * @param settings names and values, in turn
   */
  private static ProbeProcess start(String arguments, String... settings) {
    var command =
        ProbeProcess.command(Jdks.find().jdk(17), URL_CONNECTION, List.of(), server)
            .agent(ProbeProcess.agent(), arguments);
    for (int i = 0; i < settings.length; i += 2) {
      command.property("stallguard." + settings[i], settings[i + 1]);
    }
    return ProbeProcess.start(command);
  }

  private static JobLine job(Scenario scenario, String settings) {
    return JobLine.of(server, "stream", Protocol.H1, scenario, settings);
  }

  private static JobLine subscriptionJob() {
    return JobLine.plain(server, "subscription", "stream", Protocol.H1, "GET", "/subscription");
  }
}
