package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What an app caught and serialised is read back by a JVM that has the client and no agent. */
class SerialisedIT {
  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> isReadBackWhereNoAgentIs() {
    return SideBySide.allOf(
        Stream.of(
                ClientSet.blockingAndApache(),
                ClientSet.reactorNetty(),
                ClientSet.oldReactorNetty(),
                ClientSet.aws())
            .map(fleet -> dynamicTest(fleet.name(), () -> readBack(fleet)))
            .toList());
  }

  private static void readBack(ClientSet fleet) throws Exception {
    List<JobLine> jobs = new ArrayList<>(fleet.jobs(server, "mid", Scenario.STALL_MID));
    jobs.addAll(fleet.jobs(server, "first", Scenario.STALL_FIRST_BYTE));
    jobs.addAll(fleet.jobs(server, "cut", Scenario.TRUNCATED));
    try (ProbeProcess process = start(fleet)) {
      Map<String, Outcome> outcomes = process.run(jobs);
      process.end();

      for (JobLine job : jobs) {
        readBack(fleet, process, outcomes.get(job.id()));
      }
    }
  }

  private static ProbeProcess start(ClientSet fleet) {
    return ProbeProcess.start(
        Jdks.find().jdk(17),
        "EveryProbe",
        fleet.classPath(),
        server,
        Map.of(
            "stallguard.idle", "2s", "stallguard.truncated", "throw", "probe.serialise", "true"));
  }

  private static void readBack(ClientSet fleet, ProbeProcess process, Outcome outcome)
      throws Exception {
    if (outcome.ended() && outcome.id().startsWith("cut")) {
      // Its consumer ends an answer by itself.
      return;
    }
    assertThat(outcome.ending()).containsPattern("limit of 2 s exceeded|terminal event");
    String begin = "THROWN\t" + outcome.id() + "\t";
    String line =
        process.process().out().stream().filter(text -> text.startsWith(begin)).findFirst().get();

    Throwable read = Thrown.parse(line, fleet.classPath());

    assertThat(read.getSuppressed()).containsExactly(read.getCause());
    sameMessages(read.getCause(), outcome);
  }

  /** The chain as the probe printed it, with types that are there without the agent. */
  private static void sameMessages(Throwable read, Outcome outcome) {
    String rest = outcome.ending();
    for (Throwable t = read; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).replace('\t', ' ').replace('\n', ' ');
      assertThat(rest).as(outcome.id()).contains(": " + message);
      rest = rest.substring(rest.indexOf(": " + message) + message.length());
      assertThat(t.getClass().getName()).doesNotStartWith("io.stallguard.");
      // Netty's own never has a stack.
      assertThat(t instanceof SocketTimeoutException && t.getStackTrace().length == 0).isFalse();
    }
    assertThat(rest).as("the rest of the chain of " + outcome.id()).doesNotContain(" <- ");
  }
}
