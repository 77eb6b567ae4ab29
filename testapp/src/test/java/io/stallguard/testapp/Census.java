package io.stallguard.testapp;

import io.stallguard.testing.server.StallServer;
import java.util.List;

/**
 * What the JVM of a probe holds.
 *
 * @param leased connections in use, as far as its clients tell
 */
record Census(int leased, int threads, int descriptors) {
  private static final String MARK = "CENSUS\t";

  /** Asks an {@code EveryProbe}. */
  static Census of(ProbeProcess process, StallServer server, String id) {
    process.run(JobLine.plain(server, id, "census", Protocol.H1, "GET", "/"));
    List<String> lines =
        process.process().out().stream().filter(line -> line.startsWith(MARK)).toList();
    String[] fields = lines.get(lines.size() - 1).split("\t");
    return new Census(
        Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }

  /** Whether nothing is leased, and nothing else grew by more than this. */
  boolean isBackTo(Census before, int tolerance) {
    return leased == 0
        && threads <= before.threads + tolerance
        && descriptors <= before.descriptors + tolerance;
  }
}
