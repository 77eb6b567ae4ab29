package io.stallguard.testapp;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rounds of chaos for a while, some JVMs side by side: mixed clients, disturbed by whatever a seed
 * says. One of the JVMs is without the agent: what is healthy there must arrive whole, too.
 */
final class ChaosRun {
  /** JVMs at the same time, and one more for control. */
  private static final int LANES = 2;

  /** What a round is taken to last before one has been seen. */
  private static final long A_ROUND = TimeUnit.SECONDS.toNanos(40);

  private final long seed;
  private final long lengthNanos;
  private final Set<ChaosCause> causes;
  private final Jdk jdk;
  private final ChaosTally tally = new ChaosTally();
  private final int firstRound;
  private final AtomicInteger nextRound;
  private final AtomicLong longestRound = new AtomicLong(A_ROUND);
  private final long beginNanos = System.nanoTime();

  /**
   * @param firstRound number of the first one; 0 is the first of all
   */
  ChaosRun(long seed, int firstRound, long lengthNanos, Set<ChaosCause> causes, Jdk jdk) {
    this.seed = seed;
    this.firstRound = firstRound;
    this.nextRound = new AtomicInteger(firstRound);
    this.lengthNanos = lengthNanos;
    this.causes = causes;
    this.jdk = jdk;
  }

  /** The newest JDK that is here, or one of a version. */
  static Jdk jdk(String feature) {
    List<Jdk> all = Jdks.find().all();
    return feature.isEmpty() ? all.get(all.size() - 1) : Jdks.find().jdk(Integer.parseInt(feature));
  }

  /** Returns what was wrong. */
  List<String> run() {
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      lanes.add(start(() -> rounds(true)));
    }
    lanes.add(start(() -> rounds(false)));
    lanes.forEach(ChaosRun::join);
    System.out.println(tally.shown());
    return tally.failures();
  }

  /** The first always, and each for which there is time. */
  private void rounds(boolean guarded) {
    int number = guarded ? nextRound.getAndIncrement() : firstRound;
    do {
      round(ChaosPlan.of(seed, number, causes), guarded);
      number = guarded ? nextRound.getAndIncrement() : number + 1;
    } while (hasTime());
  }

  private void round(ChaosPlan plan, boolean guarded) {
    long begunNanos = System.nanoTime();
    try {
      if (guarded) {
        tally.add(ChaosRound.run(plan, jdk, true));
      } else {
        tally.addControl(ChaosRound.run(plan.control(), jdk, false));
      }
    } catch (RuntimeException | AssertionError e) {
      tally.failed(plan, e);
    }
    longestRound.accumulateAndGet(System.nanoTime() - begunNanos, Math::max);
  }

  private boolean hasTime() {
    return System.nanoTime() - beginNanos + longestRound.get() < lengthNanos;
  }

  private static Thread start(Runnable lane) {
    Thread thread = new Thread(lane, "chaos");
    thread.start();
    return thread;
  }

  private static void join(Thread lane) {
    try {
      lane.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
