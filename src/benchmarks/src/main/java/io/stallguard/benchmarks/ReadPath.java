package io.stallguard.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks in rounds and prints each beside what it is compared with. */
public final class ReadPath {
  // On a shared machine the load changes from minute to minute. So a round has all benchmarks, each
  // in a JVM of its own; differences and ratios are taken within a round, and their median is told.
  //
  // A stream outlives many collections, and a reference stored in an old object costs more than in
  // a young one: so there is a full collection before each measurement.

  private static final List<Row> ROWS =
      List.of(
          new Row("InputStreamRead.bare", "InputStreamRead.bare"),
          new Row("InputStreamRead.guarded", "InputStreamRead.bare"),
          new Row("InputStreamRead.bareByte", "InputStreamRead.bareByte"),
          new Row("InputStreamRead.guardedByte", "InputStreamRead.bareByte"),
          new Row("SourceRead.bare", "SourceRead.bare"),
          new Row("SourceRead.guarded", "SourceRead.bare"),
          new Row("SourceRead.asyncTimeout", "SourceRead.bare"),
          new Row("TappedRead.bare", "TappedRead.bare"),
          new Row("TappedRead.shut", "TappedRead.bare"),
          new Row("TappedRead.guarded", "TappedRead.bare"),
          new Row("EventScan.guard64", "EventScan.guard64"),
          new Row("EventScan.okhttpSse64", "EventScan.guard64"),
          new Row("EventScan.lines64", "EventScan.guard64"),
          new Row("EventScan.guard4096", "EventScan.guard4096"),
          new Row("EventScan.okhttpSse4096", "EventScan.guard4096"),
          new Row("EventScan.lines4096", "EventScan.guard4096"),
          new Row("ExchangeOpen.described", "ExchangeOpen.described"),
          new Row("ExchangeOpen.unguarded", "ExchangeOpen.described"),
          new Row("ExchangeOpen.guarded", "ExchangeOpen.described"));

  private ReadPath() {}

  /**
   * Runs.
   *
   * @param arguments the number of rounds, and the milliseconds of one measurement
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = Integer.parseInt(arguments[0]);
    int millis = Integer.parseInt(arguments[1]);
    List<Map<String, Measured>> results = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      System.out.println("round " + (i + 1) + " of " + rounds + ", " + Machine.load());
      results.add(round(TimeValue.milliseconds(millis)));
    }
    System.out.println(Machine.description());
    print(results);
  }

  private static Map<String, Measured> round(TimeValue time) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^io\\.stallguard\\.benchmarks\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(4)
            .warmupTime(time)
            .measurementIterations(5)
            .measurementTime(time)
            .shouldDoGC(true)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTime.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    Map<String, Measured> measured = new HashMap<>();
    for (RunResult result : new Runner(options).run()) {
      String name = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
      measured.put(name, Measured.of(result));
    }
    return measured;
  }

  private static void print(List<Map<String, Measured>> results) {
    System.out.printf(
        "%-28s %10s %21s %10s %8s %8s%n",
        "processor time", "ns", "(min to max)", "more, ns", "ratio", "B");
    for (Row row : ROWS) {
      double[] nanos = sorted(results, round -> row.of(round).nanos());
      System.out.printf(
          Locale.ROOT,
          "%-28s %10.1f %10.1f %10.1f %10.1f %8.2f %8.1f%n",
          row.name(),
          median(nanos),
          nanos[0],
          nanos[nanos.length - 1],
          median(sorted(results, round -> row.of(round).nanos() - row.base(round).nanos())),
          median(sorted(results, round -> row.of(round).nanos() / row.base(round).nanos())),
          median(sorted(results, round -> row.of(round).bytes())));
    }
  }

  private static double[] sorted(
      List<Map<String, Measured>> results, ToDoubleFunction<Map<String, Measured>> value) {
    return results.stream().mapToDouble(value).sorted().toArray();
  }

  private static double median(double[] sorted) {
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return Arrays.stream(middle).average().orElseThrow();
  }

  /** One benchmark and the one that it is compared with. */
  private record Row(String name, String baseName) {
    Measured of(Map<String, Measured> round) {
      return Objects.requireNonNull(round.get(name));
    }

    Measured base(Map<String, Measured> round) {
      return Objects.requireNonNull(round.get(baseName));
    }
  }

  /** Processor time and memory of one operation. */
  private record Measured(double nanos, double bytes) {
    static Measured of(RunResult result) {
      return new Measured(secondary(result, CpuTime.NAME), secondary(result, "gc.alloc.rate.norm"));
    }

    private static double secondary(RunResult result, String name) {
      return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
    }
  }
}
