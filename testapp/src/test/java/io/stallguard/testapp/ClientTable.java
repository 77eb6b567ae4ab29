package io.stallguard.testapp;

import static java.util.stream.Collectors.joining;

import io.stallguard.testing.server.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a client suite measured, as rows of the Markdown table in {@code src/docs/measured.md}: a
 * row for each version and protocol, over all ways of use and all JDKs that were tried.
 */
final class ClientTable {
  private static final Path FOLDER = Path.of("target", "client-matrix");

  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.STALL_MID,
          Scenario.STALL_FIRST_BYTE,
          Scenario.HALF_EVENT,
          Scenario.BURST_THEN_STALL,
          Scenario.PING_ONLY,
          Scenario.DONE_NO_CLOSE,
          Scenario.OK,
          Scenario.SLOW_BUT_ALIVE,
          Scenario.SLOW_CONSUMER,
          Scenario.DONE_THEN_MORE,
          Scenario.TRUNCATED);

  private final ClientSuite suite;
  private final Map<String, Map<Protocol, Row>> versions = new LinkedHashMap<>();

  ClientTable(ClientSuite suite) {
    this.suite = suite;
  }

  /** Takes in what one JVM has shown, and writes all that is known so far; of all versions only. */
  void add(Setup setup, ClientRun run) {
    if (Breadth.ofThisRun() != Breadth.MATRIX) {
      return;
    }
    Map<Protocol, Row> rows =
        versions.computeIfAbsent(setup.client(), any -> new LinkedHashMap<>());
    Map<String, Double> sinceHead = run.secondsSinceHead();
    for (Protocol protocol : suite.protocols()) {
      Row row = rows.computeIfAbsent(protocol, any -> new Row());
      row.jdks.add(setup.jdk().feature());
      for (Scenario scenario : SCENARIOS) {
        for (Usage usage : suite.usages()) {
          Outcome outcome = run.outcome(usage, protocol, scenario);
          if (outcome != null) {
            row.add(scenario, outcome, seconds(usage, scenario, outcome, sinceHead));
          }
        }
      }
    }
    write();
  }

  /** From the last byte that the app saw, where it saw one that is no heartbeat; else the head. */
  private static double seconds(
      Usage usage, Scenario scenario, Outcome outcome, Map<String, Double> sinceHead) {
    boolean unseen = usage.delivery() == Usage.Delivery.WHOLE || scenario == Scenario.PING_ONLY;
    return unseen ? sinceHead.get(outcome.id()) : outcome.silentMillis() / 1e3;
  }

  private static String head() {
    Stream<String> scenarios = SCENARIOS.stream().map(each -> "`" + each.pathName() + "`");
    List<String> names =
        Stream.of(Stream.of("client", "JDK", "over"), scenarios, Stream.of("app sees of a stall"))
            .flatMap(each -> each)
            .toList();
    return row(names) + "\n" + "|---".repeat(names.size()) + "|";
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    versions.forEach(
        (version, rows) -> {
          rows.forEach((protocol, row) -> lines.add(row(row.cells(version, protocol))));
          without().forEach((missing, reason) -> lines.add(row(empty(version, missing, reason))));
        });
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve("head.md"), head() + "\n");
      Files.write(FOLDER.resolve(suite.getClass().getSimpleName() + ".rows"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the suite does not try, and why. */
  private Map<String, String> without() {
    List<Protocol> missing =
        Arrays.stream(Protocol.values()).filter(each -> !suite.protocols().contains(each)).toList();
    Map<String, String> reasons = new LinkedHashMap<>();
    if (suite.protocols().stream().noneMatch(Protocol::http2)) {
      reasons.put("HTTP/2", suite.reasonWithout(Protocol.TLS_H2));
    } else {
      missing.forEach(protocol -> reasons.put(title(protocol), suite.reasonWithout(protocol)));
    }
    return reasons;
  }

  private static List<String> empty(String version, String protocol, String reason) {
    List<String> cells = new ArrayList<>(List.of(version, "-", protocol, reason));
    SCENARIOS.forEach(scenario -> cells.add("-"));
    return cells;
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(joining(" | ", "| ", " |"));
  }

  private static String title(Protocol protocol) {
    return switch (protocol) {
      case H1 -> "HTTP/1.1";
      case H2C -> "HTTP/2, plain";
      case TLS_H1 -> "HTTP/1.1, TLS";
      case TLS_H2 -> "HTTP/2, TLS";
    };
  }

  /** A row of the table: a version over one protocol. */
  private static final class Row {
    private final Set<Integer> jdks = new TreeSet<>();
    private final Map<Scenario, Map<String, DoubleSummaryStatistics>> endings =
        new LinkedHashMap<>();
    private final Set<String> thrown = new LinkedHashSet<>();

    void add(Scenario scenario, Outcome outcome, double seconds) {
      endings
          .computeIfAbsent(scenario, any -> new LinkedHashMap<>())
          .computeIfAbsent(ending(scenario, outcome), any -> new DoubleSummaryStatistics())
          .accept(seconds);
      if (scenario == Scenario.STALL_MID) {
        thrown.add(SdkTable.types(outcome.ending()));
      }
    }

    /** Whether an end is the one that it was to be, the tests of the suite say. */
    private static String ending(Scenario scenario, Outcome outcome) {
      if (!outcome.ended()) {
        boolean ours = outcome.ending().contains(" limit of ");
        return ours ? "released" : SdkTable.types(outcome.ending());
      }
      return scenario == Scenario.DONE_NO_CLOSE ? "ends" : "untouched";
    }

    List<String> cells(String version, Protocol protocol) {
      List<String> cells = new ArrayList<>();
      cells.add(version);
      cells.add(jdks.stream().map(String::valueOf).collect(joining(", ")));
      cells.add(title(protocol));
      SCENARIOS.forEach(scenario -> cells.add(cell(scenario)));
      cells.add(String.join("; ", thrown));
      return cells;
    }

    private String cell(Scenario scenario) {
      Map<String, DoubleSummaryStatistics> found = endings.getOrDefault(scenario, Map.of());
      if (found.isEmpty()) {
        return "no way of use can be slow";
      }
      return found.entrySet().stream()
          .map(each -> each.getKey() + length(each.getKey(), each.getValue()))
          .collect(joining(", "));
    }

    private static String length(String ending, DoubleSummaryStatistics seconds) {
      return Arrays.asList("released", "ends").contains(ending)
          ? String.format(Locale.ROOT, " %.1f–%.1f s", seconds.getMin(), seconds.getMax())
          : "";
    }
  }
}
