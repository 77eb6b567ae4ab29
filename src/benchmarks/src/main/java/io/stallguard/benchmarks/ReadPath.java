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
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
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
          new Row("InputStreamRead.guardedBytes", "InputStreamRead.bare"),
          new Row("InputStreamRead.pooled", "InputStreamRead.bare"),
          new Row("InputStreamRead.chunked", "InputStreamRead.bare"),
          new Row("InputStreamRead.bareByte", "InputStreamRead.bareByte"),
          new Row("InputStreamRead.guardedByte", "InputStreamRead.bareByte"),
          new Row("SourceRead.bare", "SourceRead.bare"),
          new Row("SourceRead.guarded", "SourceRead.bare"),
          new Row("SourceRead.asyncTimeout", "SourceRead.bare"),
          new Row("SubscriberRead.bare", "SubscriberRead.bare"),
          new Row("SubscriberRead.guarded", "SubscriberRead.bare"),
          new Row("FluxRead.bare", "FluxRead.bare"),
          new Row("FluxRead.guarded", "FluxRead.bare"),
          new Row("FluxRead.timeout", "FluxRead.bare"),
          new Row("NettyRead.bare", "NettyRead.bare"),
          new Row("NettyRead.guarded", "NettyRead.bare"),
          new Row("NettyRead.guardedBytes", "NettyRead.bare"),
          new Row("NettyRead.readTimeout", "NettyRead.bare"),
          new Row("SocketRead.bare", "SocketRead.bare"),
          new Row("SocketRead.guarded", "SocketRead.bare"),
          new Row("SocketRead.guardedBytes", "SocketRead.bare"),
          new Row("SocketRead.tapped", "SocketRead.bare"),
          new Row("SocketRead.soTimeout", "SocketRead.bare"),
          new Row("TappedRead.bare", "TappedRead.bare"),
          new Row("TappedRead.shut", "TappedRead.bare"),
          new Row("TappedRead.guarded", "TappedRead.bare"),
          new Row("EventScan.guard64", "EventScan.guard64"),
          new Row("EventScan.okhttpSse64", "EventScan.guard64"),
          new Row("EventScan.lines64", "EventScan.guard64"),
          new Row("EventScan.guard4096", "EventScan.guard4096"),
          new Row("EventScan.okhttpSse4096", "EventScan.guard4096"),
          new Row("EventScan.lines4096", "EventScan.guard4096"),
          new Row("EventScan.chat64", "EventScan.guard64"),
          new Row("EventScan.chat4096", "EventScan.guard4096"),
          new Row("DialectScan.chat64", "DialectScan.anthropic64"),
          new Row("DialectScan.chatEvent", "DialectScan.anthropicEvent"),
          new Row("DialectScan.chat4096", "DialectScan.anthropic4096"),
          new Row("DialectScan.anthropic64", "DialectScan.anthropic64"),
          new Row("DialectScan.anthropicEvent", "DialectScan.anthropicEvent"),
          new Row("DialectScan.anthropic4096", "DialectScan.anthropic4096"),
          new Row("DialectScan.gemini64", "DialectScan.anthropic64"),
          new Row("DialectScan.geminiEvent", "DialectScan.anthropicEvent"),
          new Row("DialectScan.gemini4096", "DialectScan.anthropic4096"),
          new Row("DialectScan.lines64", "DialectScan.anthropic64"),
          new Row("DialectScan.linesEvent", "DialectScan.anthropicEvent"),
          new Row("DialectScan.lines4096", "DialectScan.anthropic4096"),
          new Row("DialectScan.rows4096", "DialectScan.anthropic4096"),
          new Row("ExchangeOpen.described", "ExchangeOpen.described"),
          new Row("ExchangeOpen.unguarded", "ExchangeOpen.described"),
          new Row("ExchangeOpen.guarded", "ExchangeOpen.described"));

  private ReadPath() {}

  /**
   * Runs.
   *
   * @param arguments the number of rounds, the milliseconds of one measurement, and the classes to
   *     run, such as {@code SocketRead}, if not all
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = Integer.parseInt(arguments[0]);
    int millis = Integer.parseInt(arguments[1]);
    List<String> classes = Arrays.asList(arguments).subList(2, arguments.length);
    List<Row> rows =
        ROWS.stream()
            .filter(row -> classes.isEmpty() || classes.contains(row.className()))
            .toList();
    List<Map<String, Measured>> results = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      System.out.println("round " + (i + 1) + " of " + rounds + ", " + Machine.load());
      results.add(round(rows, TimeValue.milliseconds(millis)));
    }
    System.out.println(Machine.description());
    print(rows, results);
  }

  private static Map<String, Measured> round(List<Row> rows, TimeValue time)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder();
    rows.forEach(row -> options.include("^io\\.stallguard\\.benchmarks\\." + row.name() + "$"));
    options
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
        .verbosity(VerboseMode.SILENT);
    Map<String, Measured> measured = new HashMap<>();
    for (RunResult result : new Runner(options.build()).run()) {
      String name = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
      measured.put(name, Measured.of(result));
    }
    return measured;
  }

  private static void print(List<Row> rows, List<Map<String, Measured>> results) {
    System.out.printf(
        "%-28s %10s %21s %10s %8s %8s%n",
        "processor time", "ns", "(min to max)", "more, ns", "ratio", "B");
    for (Row row : rows) {
      Spread nanos = spread(results, round -> row.of(round).nanos());
      System.out.printf(
          Locale.ROOT,
          "%-28s %10.1f %10.1f %10.1f %10.1f %8.2f %8.1f%n",
          row.name(),
          nanos.median(),
          nanos.min(),
          nanos.max(),
          spread(results, round -> row.of(round).nanos() - row.base(round).nanos()).median(),
          spread(results, round -> row.of(round).nanos() / row.base(round).nanos()).median(),
          spread(results, round -> row.of(round).bytes()).median());
    }
  }

  private static Spread spread(
      List<Map<String, Measured>> results, ToDoubleFunction<Map<String, Measured>> value) {
    return Spread.of(results.stream().mapToDouble(value).toArray());
  }

  /** A benchmark and the one that it is compared with. */
  private record Row(String name, String baseName) {
    String className() {
      return name.substring(0, name.indexOf('.'));
    }

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
