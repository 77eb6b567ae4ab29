package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.TrustStore;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A JVM with all clients under the built jar, and what it tells of its streams. */
final class Fleet implements AutoCloseable {
  /** Long enough that a busy machine does not look like a silent server. */
  static final long LIMIT_MILLIS = 3_000;

  /** How long a release may take after the limit. */
  static final long RELEASE_MILLIS = 1_000;

  /** What a busy machine adds to that. */
  static final long SLACK_MILLIS = 10_000;

  private static final int TRIES = 3;

  private final ProbeProcess process;
  private int asked;

  private Fleet(ProbeProcess process) {
    this.process = process;
  }

  /**
   * Starts the JVM.
   *
   * @param more what it needs beside that
   */
  static Fleet start(TrustStore trusted, UnaryOperator<JavaCommand> more) {
    JavaCommand command = guarded(command(Jdks.find().jdk(17), "OutageProbe", trusted));
    return start(more.apply(command));
  }

  /** Starts the JVM by a command of its own. */
  static Fleet start(JavaCommand command) {
    return new Fleet(ProbeProcess.start(command));
  }

  /** The command line of such a JVM without the agent. */
  static JavaCommand command(Jdk jdk, String probe, TrustStore trusted) {
    return ProbeProcess.command(jdk, probe, AllClients.classPath(), trusted)
        .property("org.slf4j.simpleLogger.defaultLogLevel", "off");
  }

  /** The agent, with the limit of all these tests. */
  static JavaCommand guarded(JavaCommand command) {
    return command.agent(ProbeProcess.agent()).property("stallguard.idle", LIMIT_MILLIS + "ms");
  }

  /**
   * A whole answer by each way: connections of HTTP/2 are made, and all that is woven is loaded.
   */
  void warmUp(Function<Port, URI> bases, List<Way> ways) {
    List<JobLine> left = ways.stream().map(way -> warmUp(bases, way)).toList();
    // On a machine where many JVMs start at once a client's own limit may come first.
    for (int i = 0; i < TRIES && !left.isEmpty(); i++) {
      Map<String, Outcome> outcomes = process.run(left);
      left =
          left.stream()
              .filter(job -> !outcomes.get(job.id()).ended())
              .map(job -> job.named(job.id() + "-again"))
              .toList();
    }
    assertThat(left).as("ways without an answer").isEmpty();
  }

  private static JobLine warmUp(Function<Port, URI> bases, Way way) {
    Protocol protocol = way.protocol();
    URI base = bases.apply(protocol.port());
    String id = "warm-up-" + way.name() + "-" + base.getPort();
    String url = base + "/scenario/" + Scenario.OK.pathName() + "/v1/messages";
    return new JobLine(id, "plain+" + way.form(), protocol, "GET", 0, url);
  }

  ProbeProcess process() {
    return process;
  }

  long pid() {
    return process.process().pid();
  }

  /** Sends jobs, all at once. */
  void send(List<JobLine> jobs) {
    jobs.forEach(process::send);
  }

  AgentState state() {
    return AgentState.of(process, "state-" + asked++);
  }

  /** The numbers once they are as wanted, or after some time as they are. */
  AgentState await(Predicate<AgentState> wanted) {
    AgentState state = state();
    for (int i = 0; i < 100 && !wanted.test(state); i++) {
      Commands.pauseMillis(200);
      state = state();
    }
    return state;
  }

  /** Lines of a kind that the probe printed so far, as fields. */
  Stream<String[]> lines(String mark) {
    return process.process().out().stream()
        .filter(line -> line.startsWith(mark + "\t"))
        .map(line -> line.split("\t"));
  }

  /** When readers and callbacks were released so far, by the ids of jobs. */
  Map<String, Long> releasedNanos() {
    Map<String, Long> released = new HashMap<>();
    lines("RELEASED").forEach(fields -> released.put(fields[1], Long.valueOf(fields[2])));
    return released;
  }

  /** Waits until all of these jobs are released, or until a point in time. */
  Map<String, Long> awaitReleased(List<JobLine> jobs, long deadlineNanos) {
    List<String> ids = jobs.stream().map(JobLine::id).toList();
    Map<String, Long> released = releasedNanos();
    while (!released.keySet().containsAll(ids) && System.nanoTime() - deadlineNanos < 0) {
      Commands.pauseMillis(100);
      released = releasedNanos();
    }
    released.keySet().retainAll(ids);
    return released;
  }

  /** How these jobs ended, by their ids; those that have not get a few seconds. */
  Map<String, Outcome> awaitOutcomes(List<JobLine> jobs) {
    Map<String, Outcome> outcomes = process.outcomes(jobs);
    for (int i = 0; i < 50 && outcomes.size() < jobs.size(); i++) {
      Commands.pauseMillis(100);
      outcomes = process.outcomes(jobs);
    }
    return outcomes;
  }

  @Override
  public void close() {
    process.close();
  }
}
