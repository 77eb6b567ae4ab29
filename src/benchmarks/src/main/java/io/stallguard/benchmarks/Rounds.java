package io.stallguard.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/**
 * The numbers of several JVMs, measured in turn: a round has each of them once, so that a change of
 * the machine's load meets all, and ratios are taken within a round.
 */
public final class Rounds {
  // Every second round goes backwards: a load that grows or shrinks all the time is then no
  // advantage of who comes first.

  private final Map<String, List<double[]>> measured = new LinkedHashMap<>();

  private Rounds() {}

  /**
   * Runs.
   *
   * @param unmeasured how many rounds come before those that count
   */
  public static Rounds run(
      int unmeasured, int count, List<AgentUnderTest> agents, Measurement measurement)
      throws IOException, InterruptedException {
    Rounds rounds = new Rounds();
    agents.forEach(agent -> rounds.measured.put(agent.name(), new ArrayList<>()));
    List<AgentUnderTest> order = new ArrayList<>(agents);
    for (int i = 0; i < unmeasured + count; i++) {
      for (AgentUnderTest agent : order) {
        double[] numbers = measurement.of(agent);
        if (i >= unmeasured) {
          rounds.of(agent.name()).add(numbers);
        }
      }
      Collections.reverse(order);
    }
    return rounds;
  }

  /** Prints the first number, in whatever whole unit it is. */
  public void print(String title, String base) {
    System.out.printf(
        Locale.ROOT, "%n%-40s %9s %9s %9s %12s%n", title, "median", "min", "more", "ratio");
    for (String name : measured.keySet()) {
      System.out.printf(
          Locale.ROOT,
          "%-40s %9.0f %9.0f %9.0f %12.2f%n",
          name,
          numbers(name, 0).median(),
          numbers(name, 0).min(),
          differences(name, base, 0).median(),
          ratios(name, base, 0).median());
    }
  }

  /** The numbers of an agent at this index, of all rounds. */
  public Spread numbers(String agent, int index) {
    return Spread.of(of(agent).stream().mapToDouble(numbers -> numbers[index]).toArray());
  }

  /** The ratios of an agent's figure to another agent's, each within a round. */
  public Spread ratios(String agent, String base, int index) {
    return compared(agent, base, index, (a, b) -> a / b);
  }

  /** What it has more of it. */
  public Spread differences(String agent, String base, int index) {
    return compared(agent, base, index, (a, b) -> a - b);
  }

  private Spread compared(String agent, String base, int index, DoubleBinaryOperator how) {
    double[] compared = new double[of(agent).size()];
    Arrays.setAll(
        compared, i -> how.applyAsDouble(of(agent).get(i)[index], of(base).get(i)[index]));
    return Spread.of(compared);
  }

  private List<double[]> of(String agent) {
    return Objects.requireNonNull(measured.get(agent));
  }

  /** Starts a JVM with an agent, and returns the numbers that it has to say. */
  @FunctionalInterface
  public interface Measurement {
    /** Once for each agent and round. */
    double[] of(AgentUnderTest agent) throws IOException, InterruptedException;
  }
}
