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
 * Coroutines of Kotlin over the JDK's client: one that was cancelled waits for nothing, so its
 * silence is no stall; one that waits is released.
 */
class CoroutinesIT {
  private static final String KOTLIN = "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:";
  private static final List<Protocol> PROTOCOLS = List.of(Protocol.H1, Protocol.TLS_H2);

  @TestFactory
  Stream<DynamicTest> waitUntilTheyAreCancelled() {
    List<Jdk> all = Jdks.find().all();
    return SideBySide.of(
        test("1.6.4", Jdks.find().jdk(17)), test("1.7.3", all.get(all.size() - 1)));
  }

  private static DynamicTest test(String version, Jdk jdk) {
    return dynamicTest(version + " on JDK " + jdk.feature(), () -> run(version, jdk));
  }

  private static void run(String version, Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                jdk,
                "CoroutineProbe",
                ClassPaths.resolve(KOTLIN + version),
                server,
                Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"))) {
      List<JobLine> cancelled = jobs(server, "cancelled");
      List<JobLine> waiting = jobs(server, "waiting");
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
                      .startsWith("java.net.http.HttpTimeoutException: idle limit of 3 s"));
      assertThat(process.end())
          .noneMatch(line -> line.contains("internal error"))
          .filteredOn(line -> line.contains("stream stalled"))
          .hasSize(waiting.size());
    }
  }

  private static List<JobLine> jobs(StallServer server, String form) {
    return PROTOCOLS.stream()
        .map(protocol -> JobLine.of(server, form, protocol, Scenario.STALL_MID, ""))
        .map(job -> job.withPause(2 * ClientRun.LIMIT_MILLIS))
        .toList();
  }
}
