package io.stallguard.testapp;

import java.util.ArrayList;
import java.util.List;

/** The census as JMX shows it, in a {@code ForeignProbe}. */
final class CoverageRows {
  private static final String ROW = "COVERAGE\t";

  private CoverageRows() {}

  /** The rows: client, version, class loader, state and reason, with tabs between them. */
  static List<String> of(ProbeProcess process) {
    int before = process.process().out().size();
    process.run(JobLine.command("coverage-" + before, "coverage", 0));
    List<String> rows = new ArrayList<>();
    for (String line : process.process().out().subList(before, process.process().out().size())) {
      if (line.startsWith(ROW)) {
        rows.add(line.substring(ROW.length()));
      }
    }
    return rows;
  }
}
