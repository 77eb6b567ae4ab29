package io.stallguard.benchmarks.startup;

import io.stallguard.benchmarks.AgentUnderTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What an attached agent holds in an app that speaks no HTTP: classes, heap, threads. */
final class Footprint {
  private final List<AgentUnderTest> agents;
  private final Function<AgentUnderTest, Launch> launch;

  Footprint(List<AgentUnderTest> agents, Function<AgentUnderTest, Launch> launch) {
    this.agents = agents;
    this.launch = launch;
  }

  void print() throws IOException, InterruptedException {
    System.out.printf(
        "%n%-40s %9s %9s %9s%n", "no HTTP, after 3 s", "classes", "heap, kB", "threads");
    for (AgentUnderTest agent : agents) {
      Launch launched = launch.apply(agent);
      launched.millis();
      // The agents have their own to say.
      String[] numbers =
          launched.output().stream()
              .filter(line -> line.startsWith(App.PREFIX))
              .findFirst()
              .orElseThrow()
              .substring(App.PREFIX.length())
              .split(" ");
      System.out.printf(
          Locale.ROOT, "%-40s %9s %9s %9s%n", agent.name(), numbers[0], numbers[1], numbers[2]);
    }
  }

  /** Waits until what an agent does beside the start is done, and counts. */
  static final class App {
    static final String PREFIX = "footprint ";

    private App() {}

    /** Counts. */
    public static void main(String[] arguments) throws InterruptedException {
      TimeUnit.SECONDS.sleep(3);
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      System.out.println(
          PREFIX
              + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()
              + " "
              + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024
              + " "
              + ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }
}
