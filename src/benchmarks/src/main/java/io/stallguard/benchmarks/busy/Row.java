package io.stallguard.benchmarks.busy;

import java.util.List;
import java.util.Locale;

/** How late the waits of one kind ended, under one load. */
final class Row {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-22s %-28s %8s %8s %8s %12s",
          "ms after the limit",
          "ended by",
          "min",
          "median",
          "max",
          "to SO_TIMEOUT");

  private final List<Long> sortedNanos;

  Row(List<Long> lateNanos) {
    this.sortedNanos = lateNanos.stream().sorted().toList();
  }

  long min() {
    return sortedNanos.get(0);
  }

  long median() {
    return sortedNanos.get(sortedNanos.size() / 2);
  }

  private long max() {
    return sortedNanos.get(sortedNanos.size() - 1);
  }

  String line(String load, Wait wait, Row bare) {
    return String.format(
        Locale.ROOT,
        "%-22s %-28s %8.1f %8.1f %8.1f %12.2f",
        load,
        wait.shown(),
        millis(min()),
        millis(median()),
        millis(max()),
        (double) median() / Math.max(1, bare.median()));
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
