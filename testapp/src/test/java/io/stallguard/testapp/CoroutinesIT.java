package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
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
 * Coroutines of Kotlin over the JDK's client and over Apache's: one that was cancelled waits for
 * nothing, so its silence is no stall; one that waits is released, and so is one that does not say
 * whether it waits, which is told.
 */
class CoroutinesIT {
  private static final String KOTLIN = "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:";
  private static final String JDK = "CoroutineProbe";
  private static final String APACHE_4 = "CoroutineApache4Probe";
  private static final String APACHE_5 = "CoroutineApache5Probe";
  private static final String HIDDEN = "hidden";

  @TestFactory
  Stream<DynamicTest> waitUntilTheyAreCancelled() {
    List<Jdk> all = Jdks.find().all();
    return SideBySide.of(
        test(JDK, "1.6.4", Jdks.find().jdk(17)),
        test(JDK, "1.7.3", all.get(all.size() - 1)),
        test(APACHE_4, "1.7.3", all.get(0)),
        test(APACHE_5, "1.7.3", all.get(0)));
  }

  private static DynamicTest test(String probe, String version, Jdk jdk) {
    return dynamicTest(
        probe + ", " + version + " on JDK " + jdk.feature(), () -> run(probe, version, jdk));
  }

  private static void run(String probe, String version, Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                jdk,
                probe,
                ClassPaths.resolve(
                    KOTLIN + version,
                    "org.apache.httpcomponents:httpasyncclient:" + ApacheAsync4IT.LATEST,
                    "org.apache.httpcomponents.client5:httpclient5:" + ApacheVersions.LATEST_5),
                server,
                Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"))) {
      List<JobLine> cancelled = jobs(server, probe, "cancelled");
      List<JobLine> waiting = new ArrayList<>(jobs(server, probe, "waiting"));
      List<JobLine> hidden = jobs(server, probe, HIDDEN);
      waiting.addAll(hidden);
      List<JobLine> all = new ArrayList<>(cancelled);
      all.addAll(waiting);

      Map<String, Outcome> outcomes = process.run(all);

      assertThat(cancelled)
          .allSatisfy(
              job -> assertThat(outcomes.get(job.id()).ending()).as(job.id()).isEqualTo("END"));
      assertThat(waiting)
          .allSatisfy(
              job ->
                  assertThat(outcomes.get(job.id()).ending())
                      .as(job.id())
                      .contains("TimeoutException: idle limit of 3 s"));
      List<String> told = process.end();
      assertThat(told)
          .noneMatch(line -> line.contains("internal error"))
          .filteredOn(line -> line.contains("stream stalled"))
          .hasSize(waiting.size());
      assertThat(told)
          .filteredOn(line -> line.contains("nobody was seen waiting"))
          .hasSize(hidden.size());
    }
  }

  private static List<JobLine> jobs(StallServer server, String probe, String form) {
    List<Protocol> protocols =
        probe.equals(APACHE_4) ? List.of(Protocol.H1) : List.of(Protocol.H1, Protocol.TLS_H2);
    return protocols.stream()
        .map(protocol -> JobLine.of(server, form, protocol, Scenario.STALL_MID, ""))
        .map(job -> job.withPause(2 * ClientRun.LIMIT_MILLIS))
        .toList();
  }
}
