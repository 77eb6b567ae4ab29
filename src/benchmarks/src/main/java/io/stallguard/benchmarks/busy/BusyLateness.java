package io.stallguard.benchmarks.busy;

import io.stallguard.benchmarks.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Waits through silences in the ways of {@link Wait}, side by side in one JVM, and prints how long
 * after the limit each wait ended: on an idle machine, beside busy threads, and with a quota.
 */
public final class BusyLateness {
  private static final int BUSY_THREADS = 20;
  private static final double QUOTA = 0.2;

  /** Waits of a kind at the same time. */
  private static final int WAITS = 4;

  /** What the agent may take more than one and a half times as long as a bare read. */
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(250 + 2 * 10);

  private final long limitNanos;
  private final int rounds;
  private final SilentServer server = SilentServer.start();

  private BusyLateness(int limitSeconds, int rounds) {
    this.limitNanos = TimeUnit.SECONDS.toNanos(limitSeconds);
    this.rounds = rounds;
  }

  /**
   * Runs; the JVM's agent must have the same limit.
   *
   * @param arguments the limit in seconds, and how many rounds
   */
  public static void main(String[] arguments) throws InterruptedException {
    BusyLateness benchmark =
        new BusyLateness(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println("limit " + arguments[0] + " s, " + Machine.description());
    System.out.println(Row.HEADER);
    benchmark.round();
    boolean kept = benchmark.run("idle");
    BusyThreads threads = BusyThreads.start(BUSY_THREADS);
    kept &= benchmark.run(BUSY_THREADS + " busy threads");
    try (Quota quota = Quota.take(QUOTA)) {
      if (quota == null) {
        System.out.println("left out: a quota takes root and a cgroup for processors");
      } else {
        kept &= benchmark.run("and a quota of " + QUOTA);
      }
    }
    threads.end();
    System.out.println(Machine.load() + (kept ? ", aim met" : ", aim missed"));
    System.exit(kept ? 0 : 1);
  }

  private boolean run(String name) throws InterruptedException {
    Map<Wait, List<Long>> late = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      round().forEach((wait, some) -> late.merge(wait, some, BusyLateness::joined));
    }
    Row bare = row(late, Wait.SO_TIMEOUT);
    late.forEach((wait, all) -> System.out.println(new Row(all).line(name, wait, bare)));
    Row agent = row(late, Wait.AGENT);
    return agent.min() >= 0 && agent.median() <= bare.median() * 3 / 2 + LATER_NANOS;
  }

  private static Row row(Map<Wait, List<Long>> late, Wait wait) {
    return new Row(Objects.requireNonNull(late.get(wait)));
  }

  private static List<Long> joined(List<Long> some, List<Long> more) {
    List<Long> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** All kinds at once, so that each of them has the same load. */
  private Map<Wait, List<Long>> round() throws InterruptedException {
    Map<Wait, List<Waiter>> waiters = new LinkedHashMap<>();
    for (Wait wait : Wait.values()) {
      List<Waiter> some = new ArrayList<>();
      for (int i = 0; i < WAITS; i++) {
        some.add(Waiter.start(wait, server, limitNanos));
      }
      waiters.put(wait, some);
    }
    Map<Wait, List<Long>> late = new LinkedHashMap<>();
    for (Map.Entry<Wait, List<Waiter>> each : waiters.entrySet()) {
      List<Long> some = new ArrayList<>();
      for (Waiter waiter : each.getValue()) {
        some.add(waiter.awaitSilence() - limitNanos);
      }
      late.put(each.getKey(), some);
    }
    return late;
  }
}
