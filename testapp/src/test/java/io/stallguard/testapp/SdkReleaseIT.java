package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The part of {@link SdkMatrixIT} that every run of all tests has time for: under the agent, each
 * SDK receives a whole answer, and is released from one that stalls.
 */
@Timeout(600)
class SdkReleaseIT {
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
  Stream<DynamicTest> releasesEachSdk() {
    return SideBySide.of(
        SdkClients.all().stream()
            .map(client -> dynamicTest(client.name(), () -> released(client)))
            .toList());
  }

  private static void released(SdkClient client) {
    try (ProbeProcess process =
        ProbeProcess.start(SdkRun.guarded(SdkRun.command(client, server, jdk())))) {
      Map<String, Outcome> whole = process.run(jobs(client, client.ways(), Scenario.OK));
      List<Way> guarded = client.ways().stream().filter(way -> way.transport().guarded()).toList();
      Map<String, Outcome> stalled = process.run(jobs(client, guarded, Scenario.STALL_MID));

      assertThat(whole.values())
          .hasSize(client.ways().size())
          .allMatch(Outcome::ended)
          .allMatch(outcome -> outcome.bytes() == client.delivered(Scenario.OK));
      for (Way way : guarded) {
        Outcome outcome = stalled.get(job(client, way, Scenario.STALL_MID).id());
        assertThat(outcome.bytes())
            .as("%s, %s", way.form(), outcome)
            .isEqualTo(client.deliveredBeforeFailure(way, Scenario.STALL_MID));
        SdkMatrixIT.seen(way, Scenario.STALL_MID, outcome);
      }
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static List<JobLine> jobs(SdkClient client, List<Way> ways, Scenario scenario) {
    return ways.stream().map(way -> job(client, way, scenario)).toList();
  }

  private static JobLine job(SdkClient client, Way way, Scenario scenario) {
    return client.job(server, way, scenario, "release");
  }

  private static Jdk jdk() {
    return Jdks.find().jdk(SdkMatrixIT.MAIN_JDK);
  }
}
