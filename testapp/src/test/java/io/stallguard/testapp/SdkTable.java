package io.stallguard.testapp;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.server.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, as a Markdown table for {@code src/docs/measured.md}. */
final class SdkTable {
  private static final Path FILE = Path.of(System.getProperty("it.sdk-matrix"));

  private SdkTable() {}

  static void write(List<SdkRun> runs) throws IOException {
    Stream<String> rows = runs.stream().flatMap(SdkTable::rows);
    Files.write(FILE, Stream.concat(head(), rows).toList());
  }

  private static Stream<String> head() {
    List<String> names = new ArrayList<>(List.of("client", "way", "over"));
    SdkRun.ALL.forEach(scenario -> names.add("`" + scenario.pathName() + "`"));
    names.add("app sees of a stall");
    return Stream.of(row(names), "|---".repeat(names.size()) + "|");
  }

  private static Stream<String> rows(SdkRun run) {
    return run.client().ways().stream().map(way -> row(cells(run, way)));
  }

  private static List<String> cells(SdkRun run, Way way) {
    List<String> cells = new ArrayList<>();
    cells.add(run.client().name() + " " + SdkClassPaths.version(run.client(), way.form()));
    cells.add(way.form());
    cells.add(way.transport() + protocol(run, way));
    for (Scenario scenario : SdkRun.ALL) {
      cells.add(without(run, way, scenario) + " → " + with(run, way, scenario));
    }
    cells.add(
        run.with(way, Scenario.STALL_MID).map(outcome -> types(outcome.ending())).orElse("-"));
    return cells;
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** What it spoke where TLS left it the choice. */
  private static String protocol(SdkRun run, Way way) {
    return run.exchangesOverTls(way).stream()
        .findFirst()
        .map(exchange -> exchange.protocol().equals("HTTP/2.0") ? ", HTTP/2" : ", HTTP/1.1")
        .orElse("");
  }

  private static String without(SdkRun run, Way way, Scenario scenario) {
    return run.without(way, scenario).map(SdkTable::end).orElse("hangs");
  }

  private static String with(SdkRun run, Way way, Scenario scenario) {
    return run.with(way, scenario)
        .map(outcome -> end(outcome) + seconds(run.seconds(way, scenario)))
        .orElse("hangs");
  }

  private static String end(Outcome outcome) {
    return outcome.ended() ? "end" : "exception";
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, " %.1f s", seconds);
  }

  /** The types of the exceptions, down to the agent's. */
  static String types(String ending) {
    if (ending.equals("END")) {
      return "a normal end";
    }
    List<String> types = Arrays.stream(ending.split(" <- ")).map(SdkTable::type).toList();
    int ours = types.indexOf("`StallTimeoutException`");
    return String.join(" ← ", types.subList(0, ours < 0 ? types.size() : ours + 1));
  }

  private static String type(String exception) {
    String name = exception.split(":", 2)[0];
    return "`" + name.substring(name.lastIndexOf('.') + 1) + "`";
  }
}
