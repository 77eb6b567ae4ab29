package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.Jdk;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A healthy stream is never released, a dead one always, never before its limit, and all bytes
 * arrive, whatever the app and its machine do meanwhile. {@code scripts/soak} runs this for any
 * length of time, with causes of one's choice, and again by the seed that it prints.
 */
@Isolated("Hundreds of streams at once make a machine busy, and are timed.")
class ChaosIT {
  /** With the start of the JVMs and the last round two minutes. */
  private static final String MINUTES = "1.8";

  private static final int VIRTUAL_JDK = 24;
  private static final int SEEDS = 1_000_000;

  @Test
  void neitherReleasesAHealthyStreamNorMissesADeadOne() {
    long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(SEEDS));
    int round = Integer.getInteger("chaos.round", 0);
    double minutes = Double.parseDouble(System.getProperty("chaos.minutes", MINUTES));
    Jdk jdk = ChaosRun.jdk(System.getProperty("chaos.jdk", ""));
    String only = System.getProperty("chaos.only", "");
    Set<ChaosCause> causes = possible(jdk, only);
    System.out.printf("chaos of seed %d for %s min: %s%n", seed, minutes, causes);

    long lengthNanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    List<String> failures = new ChaosRun(seed, round, lengthNanos, causes, jdk).run();

    assertThat(failures).as("again: scripts/soak --seed %d", seed).isEmpty();
  }

  /** Those that were asked for, without those that this machine does not have. */
  private static Set<ChaosCause> possible(Jdk jdk, String only) {
    Set<ChaosCause> causes = ChaosCause.chosen(only, System.getProperty("chaos.without", ""));
    leaveOut(causes, ChaosCause.QUOTA, CpuQuota.possible(), "a quota takes a cgroup for cpu");
    leaveOut(
        causes,
        ChaosCause.STOP,
        Commands.works("kill", "-l"),
        "to stop a process takes the command kill");
    leaveOut(
        causes,
        ChaosCause.CARRIERS,
        jdk.feature() >= VIRTUAL_JDK,
        "a virtual thread that waits in a lock leaves its carrier since JDK 24");
    return causes;
  }

  private static void leaveOut(
      Set<ChaosCause> causes, ChaosCause cause, boolean possible, String why) {
    if (!possible && causes.remove(cause)) {
      System.out.println("left out: " + why);
    }
  }
}
