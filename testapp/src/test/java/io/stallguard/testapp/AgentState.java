package io.stallguard.testapp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The agent's numbers as its bean of JMX has them, with the threads of the JVM, as an {@code
 * OutageProbe} tells them.
 */
record AgentState(Map<String, Long> numbers) {
  private static final String MARK = "STATE\t";

  /**
   * Asks the probe.
   *
   * @param id of its own for each time
   */
  static AgentState of(ProbeProcess process, String id) {
    process.run(JobLine.command(id, "state", 0));
    List<String> lines =
        process.process().out().stream().filter(line -> line.startsWith(MARK)).toList();
    return parse(lines.get(lines.size() - 1));
  }

  private static AgentState parse(String line) {
    return new AgentState(
        Arrays.stream(line.substring(MARK.length()).split("\t"))
            .map(pair -> pair.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1]))));
  }

  long guarded() {
    return numbers.get("Guarded");
  }

  long stalled() {
    return numbers.get("Stalled");
  }

  long endedAfterDone() {
    return numbers.get("EndedAfterDone");
  }

  long truncated() {
    return numbers.get("Truncated");
  }

  long failedAborts() {
    return numbers.get("FailedAborts");
  }

  long internalErrors() {
    return numbers.get("InternalErrors");
  }

  long openStreams() {
    return numbers.get("OpenStreams");
  }

  /** Threads that the agent has now. */
  long agentThreads() {
    return numbers.get("AgentThreads");
  }

  /** All other threads. */
  long otherThreads() {
    return numbers.get("OtherThreads");
  }
}
