package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How memory, the watchdog's work and lateness grow with the number of open streams. */
public final class Scale {
  // All streams wait for bytes, as they do nearly all the time. First nothing comes to any of them,
  // which leaves the watchdog's own work; then chunks come to all but a sample, so that the limit
  // is met by the sample alone.

  private static final int LIMIT_SECONDS = 30;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FEED_MILLIS = 5_000;
  private static final int SAMPLE = 500;
  private static final long SAMPLE_SPREAD_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String WATCHDOG = "stallguard-watchdog";
  private static final long SEED = 20261125;

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Engine engine = Streams.engine("idle=" + LIMIT_SECONDS + "s");
  private final Releases releases = new Releases(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
  private final SilentStream[] streams;
  private final long watchdog;

  private Scale(int count) {
    streams = new SilentStream[count];
    Streams.open(engine, guard -> {}).finished();
    watchdog = watchdogId();
  }

  /**
   * Runs. Each number of streams wants a JVM of its own, as an engine stays until its JVM ends.
   *
   * @param arguments the number of streams
   */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    Scale scale = new Scale(count);
    double bytes = scale.open();
    double core = scale.watchdogShare();
    scale.sample();
    System.out.printf(
        Locale.ROOT,
        "%d streams: %.0f B a stream, watchdog %.3f %% of a core, %s%n",
        count,
        bytes,
        100 * core,
        Machine.description());
    System.out.println(Releases.HEADER);
    System.out.println(scale.releases.line("idle=" + LIMIT_SECONDS + "s", SAMPLE));
    System.exit(scale.releases.isPromiseKept(SAMPLE) ? 0 : 1);
  }

  /**
   * Returns what a stream holds on the heap: the guard, what it knows of the exchange, its timer.
   */
  private double open() {
    long before = usedBytes();
    long never = System.nanoTime() + (1L << 60);
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new SilentStream(engine, releases, never);
      streams[i].pass();
    }
    return (double) (usedBytes() - before) / streams.length;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return MEMORY.getHeapMemoryUsage().getUsed();
  }

  private double watchdogShare() throws InterruptedException {
    long cpu = THREADS.getThreadCpuTime(watchdog);
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(QUIET_NANOS);
    return (double) (THREADS.getThreadCpuTime(watchdog) - cpu) / (System.nanoTime() - start);
  }

  private void sample() throws InterruptedException {
    Random random = new Random(SEED);
    long start = System.nanoTime();
    long[] last =
        random
            .doubles(SAMPLE)
            .mapToLong(at -> (long) (at * SAMPLE_SPREAD_NANOS))
            .sorted()
            .toArray();
    feed(SAMPLE);
    for (int i = 0; i < SAMPLE; i++) {
      TimeUnit.NANOSECONDS.sleep(start + last[i] - System.nanoTime());
      streams[i].pass();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) + PATIENCE_NANOS;
    while (releases.count() < SAMPLE && System.nanoTime() - end < 0) {
      feed(SAMPLE);
      Thread.sleep(FEED_MILLIS);
    }
  }

  private void feed(int from) {
    for (int i = from; i < streams.length; i++) {
      streams[i].pass();
    }
  }

  private static long watchdogId() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().equals(WATCHDOG))
        .mapToLong(ThreadInfo::getThreadId)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no thread " + WATCHDOG));
  }
}
