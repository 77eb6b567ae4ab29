package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever one does with the stream of a socket, it is the same with the agent and without. */
class SocketTranscriptIT {
  /** What is told of each of the five kinds of sockets, at the least. */
  private static final int LEAST_LINES = 5 * 60;

  @TestFactory
  Stream<DynamicTest> changesNothing() {
    return SideBySide.of(
        Jdks.find().all().stream()
            .map(jdk -> dynamicTest("on JDK " + jdk.feature(), () -> changesNothing(jdk)))
            .toList());
  }

  private static void changesNothing(Jdk jdk) {
    try (StallServer server = StallServer.start()) {
      List<String> without = transcript(server, command(jdk, server));
      List<String> with = transcript(server, command(jdk, server).agent(ProbeProcess.agent()));

      assertThat(without).hasSizeGreaterThan(LEAST_LINES);
      assertThat(with).containsExactlyElementsOf(without);
    }
  }

  private static JavaCommand command(Jdk jdk, StallServer server) {
    return ProbeProcess.command(jdk, "SocketTranscriptProbe", List.of(), server);
  }

  private static List<String> transcript(StallServer server, JavaCommand command) {
    try (ProbeProcess process = ProbeProcess.start(command)) {
      JobLine job = JobLine.plain(server, "transcript", "all", Protocol.H1, "GET", "/");
      Outcome outcome = process.run(job);
      process.end();

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
      return process.process().out().stream()
          .filter(line -> line.startsWith("TRANSCRIPT "))
          .toList();
    }
  }
}
