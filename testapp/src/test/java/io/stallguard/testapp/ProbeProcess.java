package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.OutputLine;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.TrustStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** A probe in a JVM of its own, under the built jar. */
final class ProbeProcess implements AutoCloseable {
  /** Far above what any job takes: a deadline for a job that hangs, not a measurement. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /**
   * JVMs start in turn, as many at once as there are processors: what waits costs nothing, what
   * starts does, and on a machine full of starts a healthy server looks silent.
   */
  private static final Semaphore STARTING =
      new Semaphore(Runtime.getRuntime().availableProcessors());

  private static final String RESULT = "RESULT\t";

  private final AgentProcess process;

  private ProbeProcess(AgentProcess process) {
    this.process = process;
  }

  /**
   * Starts a probe under the agent and waits until it takes jobs.
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
    JavaCommand command = command(jdk, probe, clientPath, server).agent(agent());
    properties.forEach(command::property);
    return start(command);
  }

  /** Starts a probe and waits until it takes jobs. */
  static ProbeProcess start(JavaCommand command) {
    STARTING.acquireUninterruptibly();
    try {
      AgentProcess process = command.start();
      process.awaitLine("READY"::equals, PATIENCE);
      return new ProbeProcess(process);
    } finally {
      STARTING.release();
    }
  }

  /** The command line of a probe without an agent. */
  static JavaCommand command(Jdk jdk, String probe, List<Path> clientPath, StallServer server) {
    return command(jdk, probe, clientPath, server.trustStore());
  }

  /** The command line of a probe without an agent, which trusts a server that runs elsewhere. */
  static JavaCommand command(Jdk jdk, String probe, List<Path> clientPath, TrustStore trusted) {
    List<Path> classPath = new ArrayList<>(clientPath);
    classPath.add(probes());
    return command(jdk, trusted)
        .classPath(classPath)
        .mainClass("io.stallguard.probes.ProbeMain", probe);
  }

  /** The command line of a JVM that trusts a server, without a class path and a program. */
  static JavaCommand command(Jdk jdk, TrustStore trusted) {
    return AgentProcess.java(jdk)
        // Here all streams stall, and each is to be aborted and reported.
        .environment("STALLGUARD_BREAKER_SHARE", "off")
        .environment("STALLGUARD_LOG_PER_MINUTE", "off")
        .jvmOptions(trusted.jvmOptions())
        .jvmOptions("-Xmx512m")
        .jvmOptions(Breadth.ofThisRun().jvmOptions());
  }

  /** The built jar. */
  static Path agent() {
    return Path.of(System.getProperty("it.agent"));
  }

  /** The classes of the probes. */
  static Path probes() {
    return Path.of(System.getProperty("it.probes"));
  }

  /** Sends jobs, all at once, and waits for what becomes of them, by their ids. */
  Map<String, Outcome> run(List<JobLine> lines) {
    lines.forEach(this::send);
    return await(lines);
  }

  /** Waits for what becomes of jobs that were sent, by their ids. */
  Map<String, Outcome> await(List<JobLine> lines) {
    Map<String, Outcome> outcomes = new HashMap<>();
    lines.forEach(line -> outcomes.put(line.id(), await(line)));
    return outcomes;
  }

  void send(JobLine line) {
    process.send(line.text());
  }

  /** Waits for what becomes of a job that was sent. */
  Outcome await(JobLine line) {
    String begin = begin(line);
    return Outcome.parse(process.awaitLine(text -> text.startsWith(begin), PATIENCE).text());
  }

  /** When each job so far told its end, by its id, in {@link System#nanoTime()}. */
  Map<String, Long> toldNanos() {
    return process.lines().stream()
        .filter(line -> line.text().startsWith(RESULT))
        .collect(Collectors.toMap(line -> Outcome.parse(line.text()).id(), OutputLine::nanos));
  }

  private static String begin(JobLine line) {
    return RESULT + line.id() + "\t";
  }

  Outcome run(JobLine line) {
    return run(List.of(line)).get(line.id());
  }

  /** What became of those of the jobs that have ended, by their ids. */
  Map<String, Outcome> outcomes(List<JobLine> lines) {
    return lines.stream()
        .flatMap(line -> process.out().stream().filter(text -> text.startsWith(begin(line))))
        .map(Outcome::parse)
        .collect(Collectors.toMap(Outcome::id, outcome -> outcome));
  }

  /** Sends a job and fails if it ends within this time. */
  void expectNoEnd(JobLine line, Duration length) {
    process.send(line.text());
    process.expectNoLine(text -> text.startsWith(RESULT), length);
  }

  /** Waits until standard error has this many lines with the text, and returns them. */
  List<String> awaitErr(String text, int count) {
    process.awaitLine(line -> errWith(text).size() >= count, PATIENCE);
    return errWith(text);
  }

  private List<String> errWith(String text) {
    return err().stream().filter(line -> line.contains(text)).toList();
  }

  /** Lets the probe end, and returns all of standard error. */
  List<String> end() {
    process.closeInput();
    assertThat(process.awaitExit(PATIENCE)).isZero();
    return process.err();
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
