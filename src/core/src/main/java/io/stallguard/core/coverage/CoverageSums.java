package io.stallguard.core.coverage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What is told of all clients at the end of a JVM. One thread. */
final class CoverageSums {
  private final Map<String, Long> streams;
  private final boolean heads;

  /** The copies of clients, by state, then by name and reason. */
  private final Map<CoverageState, Map<String, List<CoverageFacts>>> clients =
      new EnumMap<>(CoverageState.class);

  /**
   * Begins the sums with what was guarded.
   *
   * @param streams how many, by what guards them
   * @param heads whether waits for heads are among them
   */
  CoverageSums(Map<String, Long> streams, boolean heads) {
    this.streams = streams;
    this.heads = heads;
  }

  void add(CoverageFacts facts) {
    clients
        .computeIfAbsent(facts.state(), state -> new LinkedHashMap<>())
        .computeIfAbsent(facts.numbered() + facts.reason(), name -> new ArrayList<>())
        .add(facts);
  }

  /** The line; null if nothing was guarded and nothing is amiss. */
  @Nullable String line() {
    boolean isAmiss =
        clients.containsKey(CoverageState.PARTLY) || clients.containsKey(CoverageState.NOT);
    if (streams.isEmpty() && !isAmiss) {
      return null;
    }
    StringJoiner line = new StringJoiner("; ", "coverage: ", "");
    line.add(guarded());
    clients.forEach((state, names) -> line.add(state + ": " + shown(names.values())));
    return line.toString();
  }

  private String guarded() {
    long sum = 0;
    StringJoiner by = new StringJoiner(", ", " (", ")");
    for (Map.Entry<String, Long> one : streams.entrySet()) {
      sum += one.getValue();
      by.add(one.getKey() + ' ' + one.getValue());
    }
    String one = heads ? " stream or wait for a head" : " stream";
    String many = heads ? " streams and waits for heads" : " streams";
    return sum + (sum == 1 ? one : many) + " guarded" + (sum == 0 ? "" : by);
  }

  private static String shown(Iterable<List<CoverageFacts>> clients) {
    StringJoiner shown = new StringJoiner(", ");
    for (List<CoverageFacts> copies : clients) {
      CoverageFacts first = copies.get(0);
      String name =
          copies.size() == 1
              ? first.name()
              : first.numbered() + " in " + copies.size() + " class loaders";
      boolean isWhole = first.state() == CoverageState.GUARDED;
      shown.add(name + (isWhole ? "" : " (" + first.reason() + ")"));
    }
    return shown.toString();
  }
}
