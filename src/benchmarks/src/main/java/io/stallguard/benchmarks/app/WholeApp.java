package io.stallguard.benchmarks.app;

import io.stallguard.benchmarks.AgentUnderTest;
import io.stallguard.benchmarks.Machine;
import io.stallguard.benchmarks.Rounds;
import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an agent takes from the throughput of an app, and from its processor time. */
public final class WholeApp {
  // JVMs differ from each other by how they happened to compile, and the machine differs from
  // second to second. So a round has new JVMs, one with the agent and one without; they take turns
  // in slices of less than a second, and ratios are taken within a turn.
  //
  // A second JVM without the agent tells how much of the agent's ratio is noise.
  //
  // Four connections: two cores that the server shares are busy with that, and more threads would
  // measure the scheduler.

  private static final int CONNECTIONS = 4;
  private static final int SLICE_MILLIS = 500;
  private static final int WARM_UP_SLICES = 10;
  private static final String AGAIN = "no agent, again";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A connection that java.net.http takes from its pool breaks now and then at this pace. */
  private static final String RETRY = "-Djdk.httpclient.enableAllMethodRetry=true";

  private final int rounds;
  private final int slices;
  private final List<AgentUnderTest> agents;

  private WholeApp(int rounds, int slices, String jar) {
    this.rounds = rounds;
    this.slices = slices;
    this.agents =
        List.of(
            AgentUnderTest.none(),
            AgentUnderTest.of(AgentUnderTest.STALLGUARD, jar),
            new AgentUnderTest(AGAIN, List.of()));
  }

  /**
   * Runs.
   *
   * @param arguments the number of rounds, the slices of a round that are measured, StallGuard's
   *     jar, and the clients if not all
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    WholeApp app =
        new WholeApp(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    List<String> named = Arrays.asList(arguments).subList(3, arguments.length);
    System.out.printf(
        "%d connections, %d rounds of %d slices of %d ms, %s%n",
        CONNECTIONS, app.rounds, app.slices, SLICE_MILLIS, Machine.description());
    try (AgentProcess server = java(LoadServer.class).start()) {
      String ready = server.awaitLine(line -> line.startsWith(LoadServer.READY), PATIENCE).text();
      for (String client : named.isEmpty() ? Client.NAMES : named) {
        app.measure(client, ready.substring(LoadServer.READY.length()));
      }
    }
  }

  /** Only what an app would have on its class path: none of the agent's own classes. */
  private static JavaCommand java(Class<?> main, String... arguments) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.getFileName().toString().startsWith("stallguard-"))
            .toList();
    return AgentProcess.java()
        .jvmOptions("-Xms256m", "-Xmx256m", RETRY)
        .classPath(classPath)
        .mainClass(main.getName(), arguments);
  }

  private void measure(String client, String base) throws IOException, InterruptedException {
    // Taken before: what is measured is a load of its own.
    String load = Machine.load();
    List<Rounds> measured = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      measured.add(round(client, base));
    }
    Metric.printHeader(client);
    for (Metric metric : Metric.values()) {
      metric.print(measured, AgentUnderTest.NONE, AgentUnderTest.STALLGUARD, AGAIN);
    }
    System.out.println(load + " before");
  }

  private Rounds round(String client, String base) throws IOException, InterruptedException {
    try (Slices apps = new Slices()) {
      for (AgentUnderTest agent : agents) {
        apps.start(
            agent,
            java(
                    Load.class,
                    client,
                    base,
                    String.valueOf(CONNECTIONS),
                    String.valueOf(SLICE_MILLIS))
                .jvmOptions(agent.options()));
      }
      Rounds turns = Rounds.run(WARM_UP_SLICES, slices, agents, apps::next);
      apps.end();
      return turns;
    }
  }
}
