package io.stallguard.benchmarks.startup;

import io.stallguard.benchmarks.AgentUnderTest;
import io.stallguard.benchmarks.Aim;
import io.stallguard.benchmarks.Machine;
import io.stallguard.benchmarks.Rounds;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What an agent adds to the start of a JVM, beside other agents. */
public final class StartUp {
  private static final List<Integer> JDKS = List.of(17, 25);
  private static final double MOST_MEGABYTES = 8;

  private final int rounds;
  private final Path folder;
  private final List<AgentUnderTest> agents;

  private StartUp(int rounds, Path folder, List<AgentUnderTest> agents) {
    this.rounds = rounds;
    this.folder = folder;
    this.agents = agents;
  }

  /**
   * Runs.
   *
   * @param arguments the number of rounds, a folder to write to, the agents: StallGuard,
   *     OpenTelemetry, Prometheus JMX exporter
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    List<AgentUnderTest> agents =
        List.of(
            AgentUnderTest.none(),
            AgentUnderTest.of(
                AgentUnderTest.EMPTY, EmptyAgent.pack(folder.resolve("empty.jar")).toString()),
            AgentUnderTest.of(AgentUnderTest.STALLGUARD, arguments[2]),
            new AgentUnderTest(
                "OpenTelemetry java agent",
                List.of(
                    "-javaagent:" + arguments[3],
                    "-Dotel.traces.exporter=none",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none")),
            AgentUnderTest.of(
                "Prometheus JMX exporter agent", arguments[4] + "=127.0.0.1:0:" + config(folder)));
    printSize(Path.of(arguments[2]));
    StartUp startUp = new StartUp(Integer.parseInt(arguments[0]), folder, agents);
    try (StallServer server = StallServer.start()) {
      for (int feature : JDKS) {
        startUp.measure(Jdks.find().jdk(feature), server);
      }
    }
  }

  private static void printSize(Path jar) throws IOException {
    double megabytes = Files.size(jar) / 1e6;
    System.out.printf(
        Locale.ROOT, "jar %.2f MB, %s%n", megabytes, Aim.atMost(MOST_MEGABYTES).judge(megabytes));
  }

  /** The exporter wants one. */
  private static Path config(Path folder) throws IOException {
    return Files.writeString(folder.resolve("exporter.yaml"), "rules: []\n");
  }

  private void measure(Jdk jdk, StallServer server) throws IOException, InterruptedException {
    System.out.printf(
        "%n== JDK %d, %d rounds, milliseconds of the whole process, %s%n",
        jdk.feature(), rounds, Machine.load());
    rounds(agents, agent -> app(jdk, agent, Hello.class))
        .print("hello world", AgentUnderTest.EMPTY);
    for (String client : List.of("http-url-connection", "java-http-client")) {
      rounds(ours(), agent -> firstAnswer(jdk, agent, server, client))
          .print("first HTTPS answer, " + client, AgentUnderTest.NONE);
    }
    new Footprint(agents, agent -> app(jdk, agent, Footprint.App.class)).print();
    SharedClasses.print(
        folder.resolve("shared-" + jdk.feature() + ".jsa"),
        ours(),
        agent -> firstAnswer(jdk, agent, server, "java-http-client"));
  }

  /**
   * Runs one round more than was asked for: the first reads the files from the disk and is left
   * out.
   */
  private Rounds rounds(List<AgentUnderTest> agents, Function<AgentUnderTest, Launch> launch)
      throws IOException, InterruptedException {
    return Rounds.run(1, rounds, agents, agent -> new double[] {launch.apply(agent).millis()});
  }

  /**
   * The other agents instrument other things: of an exchange only the added time is of interest.
   */
  private List<AgentUnderTest> ours() {
    return agents.subList(0, 3);
  }

  private Launch firstAnswer(Jdk jdk, AgentUnderTest agent, StallServer server, String client) {
    return launch(jdk, agent)
        .with(server.trustStore().jvmOptions())
        .with(FirstAnswer.class.getName(), client, server.base(Port.TLS2) + "/json");
  }

  private Launch app(Jdk jdk, AgentUnderTest agent, Class<?> main) {
    return launch(jdk, agent).with(main.getName());
  }

  private Launch launch(Jdk jdk, AgentUnderTest agent) {
    return new Launch(jdk.java(), folder.resolve("output.txt"))
        .with(agent.options())
        .with("-cp", System.getProperty("stallguard.benchmarks.classes"));
  }
}
