package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Lane;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How memory, the watchdog's work and lateness grow with the number of open streams. */
public final class Scale {
  // All streams wait for bytes, as they do nearly all the time. First nothing comes to any of them,
  // which leaves the watchdog's own work; then chunks come to all but a sample, so that the limit
  // is met by the sample alone.
  //
  // The watchdog ticks by the shortest limit: slowest under a limit of half a minute, fastest
  // under one of five seconds and less, where it also looks at each stream more often. A limit on
  // the first byte has that effect on streams that have begun, and none of them exceeds it.
  //
  // In one lane the streams are delivered together, as those of a connection of HTTP/2 are.

  private static final int LIMIT_SECONDS = 30;
  private static final String LIMIT = "idle=" + LIMIT_SECONDS + "s";

  /** The streams tell no event: without a limit on the first byte they would have a minute. */
  private static final String SLOW_TICKS = LIMIT + ",first-byte=" + LIMIT_SECONDS + "s";

  private static final String FAST_TICKS = LIMIT + ",first-byte=1s";
  private static final double MOST_BYTES = 512;

  /** Of a core, up to so many streams; in proportion beyond. */
  private static final double MOST_PERCENT = 1;

  private static final double MANY = 10_000;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FEED_MILLIS = 5_000;
  private static final int SAMPLE = 500;
  private static final long SAMPLE_SPREAD_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String WATCHDOG = "stallguard-watchdog";
  private static final long SEED = 20261125;

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Releases releases = new Releases(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
  private final SilentStream[] streams;
  private final Engine engine;
  private final @Nullable Lane lane;
  private final long watchdog;

  private Scale(int count, String arguments, boolean together) {
    lane = together ? new Lane() : null;
    engine = Streams.engine(arguments);
    Streams.open(engine, guard -> {}).finished();
    watchdog = watchdogId();
    streams = new SilentStream[count];
    long never = System.nanoTime() + (1L << 60);
    Arrays.setAll(streams, i -> new SilentStream(releases, never));
  }

  /**
   * Runs. Each number of streams wants a JVM of its own, as an engine stays until its JVM ends.
   *
   * @param arguments the number of streams, and {@code lane} if all are in one
   */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    boolean together = arguments.length > 1 && arguments[1].equals("lane");
    String kind = together ? " streams of one lane, " : " streams, ";
    System.out.println(count + kind + Machine.description());
    Scale scale = new Scale(count, SLOW_TICKS, together);
    print("bytes a stream", scale.open(), Aim.atMost(MOST_BYTES));
    scale.printWatchdog("60 ms");
    scale.sample();
    System.out.println(Releases.HEADER);
    System.out.println(scale.releases.line(LIMIT, SAMPLE));
    scale.end();
    Scale fast = new Scale(count, FAST_TICKS, together);
    fast.open();
    fast.printWatchdog("10 ms");
    System.out.println(Machine.load());
    System.exit(scale.releases.isPromiseKept(SAMPLE) ? 0 : 1);
  }

  private static void print(String what, double measured, Aim aim) {
    System.out.printf(Locale.ROOT, "%-44s %9.3f  %s%n", what, measured, aim.judge(measured));
  }

  /**
   * Returns what a stream holds on the heap: the guard, what it knows of the exchange, its timer.
   *
   * <p>What this program has for each of them is there before, and so are the texts of the exchange
   * and the client's own objects: a decorator, the abort.
   */
  private double open() {
    long before = usedBytes();
    for (SilentStream stream : streams) {
      stream.open(engine, lane).pass();
    }
    return (double) (usedBytes() - before) / streams.length;
  }

  private void end() {
    Arrays.stream(streams).forEach(SilentStream::end);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return MEMORY.getHeapMemoryUsage().getUsed();
  }

  private void printWatchdog(String tick) throws InterruptedException {
    double aim = MOST_PERCENT * Math.max(1, streams.length / MANY);
    print("watchdog, % of a core, a tick each " + tick, 100 * watchdogShare(), Aim.atMost(aim));
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

  /** That of the engine that was started last. */
  private static long watchdogId() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().equals(WATCHDOG))
        .mapToLong(ThreadInfo::getThreadId)
        .max()
        .orElseThrow(() -> new IllegalStateException("no thread " + WATCHDOG));
  }
}
