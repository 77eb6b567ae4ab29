package io.stallguard.testapp;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A probe in a JVM of its own, under the built jar. */
final class ProbeProcess implements AutoCloseable {
  /** Far above what any job takes: a deadline for a job that hangs, not a measurement. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String RESULT = "RESULT\t";

  private final AgentProcess process;

  private ProbeProcess(AgentProcess process) {
    this.process = process;
  }

  /**
   * Starts a probe and waits until it takes jobs.
   *
   * @param clientPath the client's own class path
   * @param properties of the JVM, the agent's among them
   */
  static ProbeProcess start(
      Jdk jdk,
      String probe,
      List<Path> clientPath,
      StallServer server,
      Map<String, String> properties) {
    List<Path> classPath = new ArrayList<>(clientPath);
    classPath.add(Path.of(System.getProperty("it.probes")));
    JavaCommand command =
        AgentProcess.java(jdk)
            .agent(Path.of(System.getProperty("it.agent")))
            .jvmOptions(server.trustStore().jvmOptions())
            .jvmOptions("-Xmx512m")
            .classPath(classPath)
            .mainClass("io.stallguard.probes.ProbeMain", probe);
    properties.forEach(command::property);
    AgentProcess process = command.start();
    process.awaitLine("READY"::equals, PATIENCE);
    return new ProbeProcess(process);
  }

  /** Sends jobs, all at once, and waits for what becomes of them, by their ids. */
  Map<String, Outcome> run(List<JobLine> lines) {
    lines.forEach(line -> process.send(line.text()));
    Map<String, Outcome> outcomes = new HashMap<>();
    for (JobLine line : lines) {
      String begin = RESULT + line.id() + "\t";
      outcomes.put(
          line.id(),
          Outcome.parse(process.awaitLine(text -> text.startsWith(begin), PATIENCE).text()));
    }
    return outcomes;
  }

  /** Standard error so far. */
  List<String> err() {
    return process.err();
  }

  AgentProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
