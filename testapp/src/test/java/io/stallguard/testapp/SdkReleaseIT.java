package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The part of {@link SdkMatrixIT} that every run of all tests has time for: under the agent, each
 * SDK receives a whole answer, is released from one that stalls, and never shows half of one as
 * whole.
 */
@Timeout(600)
class SdkReleaseIT {
  private static final List<Scenario> BROKEN =
      Stream.concat(SdkRun.BROKEN.stream(), Stream.of(Scenario.DONE_NO_CLOSE)).toList();

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
      List<JobLine> stalling = jobs(client, guarded, Scenario.STALL_MID);
      List<JobLine> broken = new ArrayList<>();
      BROKEN.forEach(scenario -> broken.addAll(jobs(client, guarded, scenario)));
      Stream.of(stalling, broken).flatMap(List::stream).forEach(process::send);
      Map<String, Outcome> stalled = process.await(stalling);
      Map<String, Outcome> halves = process.await(broken);

      for (Way way : client.ways()) {
        Outcome outcome = whole.get(job(client, way, Scenario.OK).id());
        assertThat(outcome.ending()).as(way.form()).isEqualTo("END");
        assertThat(outcome.bytes()).as(way.form()).isEqualTo(client.delivered(way, Scenario.OK));
      }
      SoftAssertions softly = new SoftAssertions();
      for (Way way : guarded) {
        Outcome outcome = stalled.get(job(client, way, Scenario.STALL_MID).id());
        assertThat(outcome.bytes())
            .as("%s, %s", way.form(), outcome)
            .isEqualTo(client.deliveredBeforeFailure(way, Scenario.STALL_MID));
        SdkMatrixIT.seen(way, Scenario.STALL_MID, outcome);
        for (Scenario scenario : BROKEN) {
          Outcome half = halves.get(job(client, way, scenario).id());
          softly.check(() -> SdkMatrixIT.noHalfAnswer(client, way, scenario, half));
        }
      }
      softly.assertAll();
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
