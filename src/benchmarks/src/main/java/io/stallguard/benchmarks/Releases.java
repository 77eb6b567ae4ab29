package io.stallguard.benchmarks;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How late the releases of one run were. Any thread. */
final class Releases {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-22s %9s %6s %7s %8s %8s %8s %8s %8s %8s %9s",
          "ms after the limit",
          "released",
          "early",
          "missing",
          "min",
          "p50",
          "p99",
          "p99.9",
          "max",
          "aim",
          "max/aim");

  private static final long LOWEST_NANOS = 1000;
  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);

  private final long limitNanos;
  private final Histogram lateness = new ConcurrentHistogram(LOWEST_NANOS, HIGHEST_NANOS, 3);
  private final AtomicInteger early = new AtomicInteger();

  Releases(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  void released(long silenceNanos) {
    long late = silenceNanos - limitNanos;
    if (late < 0) {
      early.incrementAndGet();
    } else {
      lateness.recordValue(late);
    }
  }

  long count() {
    return early.get() + lateness.getTotalCount();
  }

  boolean isPromiseKept(long expected) {
    return early.get() == 0
        && count() >= expected
        && lateness.getMaxValue() <= aimNanos() + lateness.sizeOfEquivalentValueRange(aimNanos());
  }

  private long aimNanos() {
    return Math.max(TimeUnit.MILLISECONDS.toNanos(50), limitNanos / 100);
  }

  String line(String name, long expected) {
    return String.format(
        Locale.ROOT,
        "%-22s %9d %6d %7d %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f %9.2f",
        name,
        count(),
        early.get(),
        Math.max(0, expected - count()),
        millis(lateness.getMinValue()),
        millis(lateness.getValueAtPercentile(50)),
        millis(lateness.getValueAtPercentile(99)),
        millis(lateness.getValueAtPercentile(99.9)),
        millis(lateness.getMaxValue()),
        millis(aimNanos()),
        (double) lateness.getMaxValue() / aimNanos());
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
