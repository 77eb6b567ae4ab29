package io.stallguard.benchmarks.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The app: some threads that ask as fast as they can, and say how fast that was. */
final class Load {
  /** A line with the number of a slice and what was measured in it begins with this. */
  static final String PREFIX = "load ";

  private static final String BEAN = "io.stallguard:type=StallGuard";
  private static final long BEAN_MILLIS = 10_000;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Client client;
  private final int connections;
  private final long nanos;
  private final ExecutorService threads;
  private final AtomicLong streams = new AtomicLong();

  private Load(Client client, int connections, int millis) {
    this.client = client;
    this.connections = connections;
    this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    this.threads = Executors.newFixedThreadPool(connections, Load::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * For each line of standard input, which is a number, a slice of both kinds of work and a line of
   * output; ends with its input.
   *
   * @param arguments the client, the server's base URL, the number of connections, the milliseconds
   *     of a kind of work in one slice
   */
  public static void main(String[] arguments) throws Exception {
    int connections = Integer.parseInt(arguments[2]);
    Client client = Client.of(arguments[0], arguments[1], connections);
    Load load = new Load(client, connections, Integer.parseInt(arguments[3]));
    BufferedReader slices = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    for (String slice = slices.readLine(); slice != null; slice = slices.readLine()) {
      String calls = load.measured(load::call);
      String events = load.measured(load::stream);
      System.out.println(PREFIX + slice + " " + calls + " " + events);
    }
    load.checkGuarded();
    // Clients have threads that would keep the JVM.
    System.exit(0);
  }

  private long call() throws Exception {
    check(client.call(), LoadServer.JSON.length());
    return 1;
  }

  private long stream() throws Exception {
    streams.incrementAndGet();
    check(client.stream(), LoadServer.EVENTS);
    return LoadServer.EVENTS;
  }

  private static void check(int received, int expected) {
    if (received != expected) {
      throw new IllegalStateException("received " + received + " instead of " + expected);
    }
  }

  /** How many a second, and nanoseconds of this JVM's processor time for each. */
  private String measured(Callable<Long> work) throws InterruptedException, ExecutionException {
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long count = repeat(work);
    double elapsed = System.nanoTime() - start;
    double cpuNanos = SYSTEM.getProcessCpuTime() - cpu;
    return String.format(Locale.ROOT, "%.1f %.1f", count * 1e9 / elapsed, cpuNanos / count);
  }

  private long repeat(Callable<Long> work) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + nanos;
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      counts.add(threads.submit(() -> repeat(work, end)));
    }
    long count = 0;
    for (Future<Long> one : counts) {
      count += one.get();
    }
    return count;
  }

  private static long repeat(Callable<Long> work, long end) throws Exception {
    long count = 0;
    while (System.nanoTime() - end < 0) {
      count += work.call();
    }
    return count;
  }

  /** An agent that guards nothing would cost nothing. */
  private void checkGuarded() throws JMException, InterruptedException {
    boolean attached =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(option -> option.startsWith("-javaagent:"));
    long guarded = attached ? guarded() : streams.get();
    if (guarded != streams.get()) {
      throw new IllegalStateException(guarded + " of " + streams + " streams were guarded");
    }
  }

  private static long guarded() throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName bean = new ObjectName(BEAN);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAN_MILLIS);
    while (!server.isRegistered(bean) && System.nanoTime() - end < 0) {
      Thread.sleep(50);
    }
    return (Long) server.getAttribute(bean, "Guarded");
  }
}
