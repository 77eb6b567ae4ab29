package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An entity of Apache HttpClient 4 is guarded although an executor of the app's reads it before the
 * client has the response.
 */
class BufferingExecutorIT {
  @TestFactory
  Stream<DynamicTest> guardsWhatItReads() {
    return SideBySide.allOf(
        Stream.of(ApacheVersions.BUILDERS_4, ApacheVersions.LATEST_4)
            .map(version -> dynamicTest("Apache HttpClient " + version, () -> run(version)))
            .toList());
  }

  private static void run(String version) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17),
                "ApacheHttpClient4Probe",
                ApacheVersions.classPath(version),
                server,
                Map.of("stallguard.idle", "2s"))) {
      JobLine dead = job(server, Scenario.STALL_MID);
      JobLine healthy = job(server, Scenario.OK);
      Map<String, Outcome> outcomes = process.run(List.of(dead, healthy));

      assertThat(outcomes.get(dead.id()).ending())
          .startsWith("io.stallguard.core.StallTimeoutException: idle limit of 2 s exceeded");
      assertThat(outcomes.get(healthy.id()).ending()).isEqualTo("END");
      assertThat(outcomes.get(healthy.id()).sha256())
          .isEqualTo(Outcome.sha256(JobLine.body(Scenario.OK, "")));
      assertThat(process.end())
          .anyMatch(line -> line.contains("2 streams guarded (apache-httpclient-4 2)"))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JobLine job(StallServer server, Scenario scenario) {
    return JobLine.of(server, "buffering-executor", Protocol.H1, scenario, "");
  }
}
