package io.stallguard.benchmarks.startup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * The times of several JVMs, measured in turn: a round has each of them once, so that a change of
 * the machine's load meets all, and ratios are taken within a round.
 */
final class Rounds {
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  /** Runs one more than asked for: the first reads the files from the disk and does not count. */
  static Rounds run(int count, List<AgentUnderTest> agents, Function<AgentUnderTest, Launch> launch)
      throws IOException, InterruptedException {
    Rounds rounds = new Rounds();
    for (int i = 0; i <= count; i++) {
      for (AgentUnderTest agent : agents) {
        double one = launch.apply(agent).millis();
        if (i > 0) {
          rounds.millis.computeIfAbsent(agent.name(), name -> new ArrayList<>()).add(one);
        }
      }
    }
    return rounds;
  }

  void print(String title, String base) {
    System.out.printf(
        Locale.ROOT, "%n%-40s %9s %9s %9s %12s%n", title, "median", "min", "more", "ratio");
    millis.forEach(
        (name, measured) ->
            System.out.printf(
                Locale.ROOT,
                "%-40s %9.0f %9.0f %9.0f %12.2f%n",
                name,
                median(measured),
                measured.stream().mapToDouble(x -> x).min().orElseThrow(),
                median(compared(measured, base, (a, b) -> a - b)),
                median(compared(measured, base, (a, b) -> a / b))));
  }

  private List<Double> compared(List<Double> measured, String base, DoubleBinaryOperator how) {
    List<Double> bases = Objects.requireNonNull(millis.get(base));
    List<Double> compared = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      compared.add(how.applyAsDouble(measured.get(i), bases.get(i)));
    }
    return compared;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(x -> x).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
