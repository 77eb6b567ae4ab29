package io.stallguard.core.coverage;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What is told of all clients at the end of a JVM. One thread. */
final class CoverageSums {
  private final Map<String, Long> streams;
  private final Map<CoverageState, StringJoiner> clients = new EnumMap<>(CoverageState.class);

  /**
   * Begins with what was guarded.
   *
   * @param streams how many, by what guards them
   */
  CoverageSums(Map<String, Long> streams) {
    this.streams = streams;
  }

  void add(CoverageFacts facts) {
    boolean isWhole = facts.state() == CoverageState.GUARDED;
    clients
        .computeIfAbsent(facts.state(), state -> new StringJoiner(", "))
        .add(facts.name() + (isWhole ? "" : " (" + facts.reason() + ")"));
  }

  /** Null if nothing was guarded and nothing is amiss. */
  @Nullable String line() {
    boolean isAmiss =
        clients.containsKey(CoverageState.PARTLY) || clients.containsKey(CoverageState.NOT);
    if (streams.isEmpty() && !isAmiss) {
      return null;
    }
    StringJoiner line = new StringJoiner("; ", "coverage: ", "");
    line.add(guarded());
    clients.forEach((state, names) -> line.add(state + ": " + names));
    return line.toString();
  }

  private String guarded() {
    long sum = 0;
    StringJoiner by = new StringJoiner(", ", " (", ")");
    for (Map.Entry<String, Long> one : streams.entrySet()) {
      sum += one.getValue();
      by.add(one.getKey() + ' ' + one.getValue());
    }
    return (sum == 1 ? "1 stream" : sum + " streams") + " guarded" + (sum == 0 ? "" : by);
  }
}
