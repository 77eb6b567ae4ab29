package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Ktor from its floor on, on each engine that stands on a guarded client: what fails is no end to
 * its plugin for server-sent events, nor to who reads the body's channel.
 */
class KtorIT {
  private static final List<String> ENGINES = List.of("okhttp", "java", "apache5");

  /** The latest versions have it no more. */
  private static final String OLD_ENGINE = "apache";

  /** Ways to read; the first is the plugin's. */
  private static final List<String> WAYS = List.of("", "-lines", "-stream", "-progress");

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
  Stream<DynamicTest> seesWhatFails() {
    return SideBySide.of(
        Stream.of("ktor-floor", "ktor-3.2", "ktor")
            .map(name -> dynamicTest(name, () -> seesWhatFails(name)))
            .toList());
  }

  private static void seesWhatFails(String version) {
    JavaCommand command =
        ProbeProcess.command(
                Jdks.find().jdk(17), "sdk.KtorProbe", SdkClassPaths.of(version), server)
            .agent(ProbeProcess.agent())
            .property("stallguard.idle", "2500ms")
            .property("stallguard.first-byte", "2500ms")
            .property("stallguard.truncated", "throw");
    try (ProbeProcess process = ProbeProcess.start(command)) {
      List<JobLine> whole = jobs(version, Scenario.OK);
      List<JobLine> stalled = jobs(version, Scenario.STALL_MID);
      List<JobLine> truncated = new ArrayList<>(jobs(version, Scenario.TRUNCATED));
      // Closes its channel with the last piece, before the client tells of the end.
      truncated.removeIf(job -> job.form().replaceFirst("-.*", "").equals(OLD_ENGINE));
      Map<String, Outcome> wholeOnes = process.run(whole);
      Map<String, Outcome> stalledOnes = process.run(stalled);
      Map<String, Outcome> truncatedOnes = process.run(truncated);

      SoftAssertions softly = new SoftAssertions();
      whole.forEach(job -> softly.check(() -> isWhole(job, wholeOnes.get(job.id()))));
      stalled.forEach(
          job ->
              softly
                  .assertThat(stalledOnes.get(job.id()).ending())
                  .as(job.id())
                  .contains("StallTimeoutException: idle limit of 2.5 s exceeded"));
      truncated.forEach(
          job ->
              softly
                  .assertThat(truncatedOnes.get(job.id()).ending())
                  .as(job.id())
                  .contains("Exception: ")
                  .contains(job.form().contains("-") ? "" : "stream truncated: ended "));
      softly.assertAll();
      assertThat(process.end())
          .noneMatch(line -> line.contains("internal error") || line.contains("is not guarded"));
    }
  }

  private static void isWhole(JobLine job, Outcome outcome) {
    assertThat(outcome.ending()).as(job.id()).isEqualTo("END");
    if (job.form().contains("-")) {
      assertThat(outcome.bytes())
          .as(job.id())
          .isEqualTo(Wire.expected(Provider.ANTHROPIC, Scenario.OK).length);
    }
  }

  private static List<JobLine> jobs(String version, Scenario scenario) {
    Stream<String> old = version.equals("ktor") ? Stream.of() : Stream.of(OLD_ENGINE);
    return Stream.concat(ENGINES.stream(), old)
        .flatMap(engine -> WAYS.stream().map(way -> engine + way))
        .map(form -> job(version, form, scenario))
        .toList();
  }

  private static JobLine job(String version, String form, Scenario scenario) {
    String id = String.join("-", version.replace('.', '-'), form, scenario.pathName());
    return JobLine.named(server, id, form, Protocol.H1, scenario, "");
  }
}
