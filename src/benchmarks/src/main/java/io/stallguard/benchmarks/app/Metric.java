package io.stallguard.benchmarks.app;

import io.stallguard.benchmarks.Aim;
import io.stallguard.benchmarks.Rounds;
import io.stallguard.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The numbers that an app tells of itself. */
enum Metric {
  REQUESTS(0, "requests/s", true),
  REQUEST_CPU(1, "CPU, ns/request", false),
  EVENTS(2, "events/s", true),
  EVENT_CPU(3, "CPU, ns/event", false);

  private static final double LEAST_RATIO = 0.98;

  /** Where the app tells it. */
  private final int index;

  private final String title;
  private final boolean moreIsBetter;

  Metric(int index, String title, boolean moreIsBetter) {
    this.index = index;
    this.title = title;
    this.moreIsBetter = moreIsBetter;
  }

  static void printHeader(String client) {
    System.out.printf(
        "%n%-20s %10s %10s %8s %7s %16s %7s %16s%n",
        client, "without", "with", "more", "ratio", "(min to max)", "again", "(min to max)");
  }

  /**
   * Prints this number's line of the table.
   *
   * @param rounds each with its turns: of each the median counts
   * @param again another without the agent, like the base
   */
  void print(List<Rounds> rounds, String base, String agent, String again) {
    Spread ratio = spread(rounds, turns -> turns.ratios(agent, base, index).median());
    Spread noise = spread(rounds, turns -> turns.ratios(again, base, index).median());
    System.out.printf(
        Locale.ROOT,
        "%-20s %10.0f %10.0f %8.0f %7.3f %7.3f to %5.3f %7.3f %7.3f to %5.3f  %s%n",
        title,
        spread(rounds, turns -> turns.numbers(base, index).median()).median(),
        spread(rounds, turns -> turns.numbers(agent, index).median()).median(),
        spread(rounds, turns -> turns.differences(agent, base, index).median()).median(),
        ratio.median(),
        ratio.min(),
        ratio.max(),
        noise.median(),
        noise.min(),
        noise.max(),
        aim().judge(ratio.median()));
  }

  private static Spread spread(List<Rounds> rounds, ToDoubleFunction<Rounds> number) {
    return Spread.of(rounds.stream().mapToDouble(number).toArray());
  }

  private Aim aim() {
    return moreIsBetter ? Aim.atLeast(LEAST_RATIO) : Aim.atMost(1 / LEAST_RATIO);
  }
}
