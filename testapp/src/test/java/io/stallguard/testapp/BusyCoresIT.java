package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Silent streams in a JVM that gets too little processor time, because its other threads take it or
 * because its container has a quota: they are released about when a read with a timeout of its own
 * is that waits beside them.
 */
@Isolated("Its threads take all cores.")
class BusyCoresIT {
  private static final int READS = 4;
  private static final long LIMIT_MILLIS = 3_000;

  /** Longer than all else takes, were it fast. */
  private static final long BUSY_MILLIS = 12_000;

  /** What a release may take beyond one and a half times as long as the timeout of a read. */
  private static final long LATER_MILLIS = 250 + 2 * 10;

  /** For the scheduler of a machine that has more to do than this. */
  private static final long SLACK_MILLIS = 4_000;

  private static final double QUOTA = 0.2;

  @TestFactory
  Stream<DynamicTest> releasesAboutWhenATimeoutWould() {
    return Stream.of(
        dynamicTest("busy threads", () -> expectReleases(false)),
        dynamicTest("a quota", BusyCoresIT::underQuota));
  }

  private static void underQuota() {
    LeftOut.unlessMachineHas(CoreQuota.possible(), "a quota takes a cgroup for processors");
    expectReleases(true);
  }

  private static void expectReleases(boolean quota) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(server)) {
      process.run(JobLine.of(server, "stream", Protocol.H1, Scenario.OK, ""));
      try (CoreQuota taken = quota ? CoreQuota.of(process.process().pid(), QUOTA) : null) {
        process.send(command("busy", 0, BUSY_MILLIS));

        List<JobLine> streams = new ArrayList<>();
        List<JobLine> bare = new ArrayList<>();
        for (int i = 0; i < READS; i++) {
          streams.add(stream(server, i));
          bare.add(command("bare", i, LIMIT_MILLIS));
        }
        streams.forEach(process::send);
        bare.forEach(process::send);

        expectNotMuchLater(process.await(streams), process.await(bare));
      }
    }
  }

  /** The best of each kind: the others may have met each other. */
  private static void expectNotMuchLater(Map<String, Outcome> streams, Map<String, Outcome> bare) {
    assertThat(streams.values())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.ending()).contains("idle limit of 3 s exceeded");
              assertThat(outcome.silentMillis()).isGreaterThanOrEqualTo(LIMIT_MILLIS);
            });
    assertThat(bare.values()).allMatch(outcome -> outcome.ending().contains("Read timed out"));
    System.out.println("late by ms: " + late(streams) + ", timeouts of reads: " + late(bare));
    long allowed = 3 * late(bare).get(READS - 1) / 2 + LATER_MILLIS + SLACK_MILLIS;
    assertThat(late(streams).get(0)).isLessThanOrEqualTo(allowed);
  }

  /** Sorted. */
  private static List<Long> late(Map<String, Outcome> outcomes) {
    return outcomes.values().stream()
        .map(outcome -> outcome.silentMillis() - LIMIT_MILLIS)
        .sorted()
        .toList();
  }

  private static JobLine stream(StallServer server, int number) {
    return JobLine.named(server, "stream-" + number, "stream", Protocol.H1, Scenario.STALL_MID, "");
  }

  private static JobLine command(String form, int number, long millis) {
    return JobLine.command(form + "-" + number, form, millis);
  }

  private static ProbeProcess start(StallServer server) {
    return ProbeProcess.start(
        Jdks.find().jdk(17),
        "BusyCoresProbe",
        List.of(),
        server,
        Map.of("stallguard.idle", LIMIT_MILLIS + "ms"));
  }
}
