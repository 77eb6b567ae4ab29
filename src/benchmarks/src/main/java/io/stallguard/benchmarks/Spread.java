package io.stallguard.benchmarks;

import java.util.Arrays;

/** What several measurements of the same came to. */
public record Spread(double min, double median, double max) {
  /** Of any number of values but none. */
  public static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return new Spread(
        sorted[0], Arrays.stream(middle).average().orElseThrow(), sorted[sorted.length - 1]);
  }
}
