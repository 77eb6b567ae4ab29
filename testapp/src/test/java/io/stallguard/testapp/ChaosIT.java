package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A healthy stream is never released, a dead one always, never before its limit, and all bytes
 * arrive, whatever the app and its machine do meanwhile. {@code scripts/soak} runs this for any
 * length of time, and again by the seed that it prints.
 */
@Isolated("Hundreds of streams at once make a machine busy, and are timed.")
class ChaosIT {
  private static final String MINUTES = "1.8";
  private static final int SEEDS = 1_000_000;

  @Test
  void neitherReleasesAHealthyStreamNorMissesADeadOne() {
    long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(SEEDS));
    int round = Integer.getInteger("chaos.round", 0);
    double minutes = Double.parseDouble(System.getProperty("chaos.minutes", MINUTES));
    Set<ChaosCause> causes = possible();
    System.out.printf("chaos of seed %d for %s min: %s%n", seed, minutes, causes);

    long lengthNanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    List<String> failures =
        new ChaosRun(
                seed, round, lengthNanos, causes, ChaosRun.jdk(System.getProperty("chaos.jdk", "")))
            .run();

    assertThat(failures).as("again: scripts/soak --seed %d", seed).isEmpty();
  }

  /** Those that were asked for, without those that this machine does not have. */
  private static Set<ChaosCause> possible() {
    Set<ChaosCause> causes =
        ChaosCause.chosen(
            System.getProperty("chaos.only", ""), System.getProperty("chaos.without", ""));
    Set<ChaosCause> impossible = EnumSet.noneOf(ChaosCause.class);
    leaveOut(impossible, ChaosCause.QUOTA, CpuQuota.possible(), "a quota takes a cgroup for cpu");
    leaveOut(
        impossible,
        ChaosCause.STOP,
        Commands.works("kill", "-l"),
        "to stop a process takes the command kill");
    causes.removeAll(impossible);
    return causes;
  }

  private static void leaveOut(
      Set<ChaosCause> impossible, ChaosCause cause, boolean possible, String why) {
    if (!possible) {
      System.out.println("left out: " + why);
      impossible.add(cause);
    }
  }
}
