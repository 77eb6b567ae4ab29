package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An outage of the provider must not become one by the agent. */
class BreakerIT {
  private static final String OPEN = "BREAKER OPEN: ";
  private static final String CLOSED = "breaker closed, ";
  private static final int STREAMS = 60;

  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  /** Half of the streams and one are aborted before; the others are left alone until it is told. */
  @ParameterizedTest
  @MethodSource("jdks")
  void aProviderThatIsSilentForAllTripsItUntilItIsTold(Jdk jdk) {
    try (AgentProcess process = start(jdk, "idle=500ms")) {
      process.send("silent " + STREAMS);
      process.awaitLine(line -> line.contains(OPEN), Apps.DEADLINE);

      assertThat(released(process)).isBetween(1L, STREAMS - 1L);
      assertThat(lines(process, OPEN))
          .singleElement()
          .asString()
          .contains(" streams stalled within 300 s, more than 50%. An outage, or limits")
          .endsWith(" for 1800 s, or until told by JMX");

      process.send("jmx closeBreaker");
      awaitReleased(process);
      end(process);
      assertThat(lines(process, CLOSED))
          .singleElement()
          .asString()
          .contains("by an operator (JMX): the limits of 127.0.0.1:")
          .endsWith(" hold again as they are set");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void itComesBackAfterItsPause(Jdk jdk) {
    try (AgentProcess process = start(jdk, "idle=500ms,breaker.pause=2s,breaker.window=1m")) {
      process.send("silent " + STREAMS);
      process.awaitLine(line -> line.contains(CLOSED + "the pause is over"), Apps.DEADLINE);

      awaitReleased(process);
      end(process);
      assertThat(lines(process, OPEN)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void healthyTrafficWithAFewStallsNeverTripsIt(Jdk jdk) {
    int stalls = STREAMS / 3;
    try (AgentProcess process = start(jdk, "idle=3s")) {
      process.send("ended " + STREAMS);
      process.awaitLine(line -> line.equals("done ended"), Apps.DEADLINE);
      process.send("silent " + stalls);

      process.awaitLine(line -> line.equals("released " + stalls), Apps.DEADLINE);
      end(process);
      assertThat(lines(process, OPEN)).isEmpty();
    }
  }

  private static AgentProcess start(Jdk jdk, String arguments) {
    return Apps.plain(jdk, "Crowd").agent(BuiltJar.PATH, arguments).start();
  }

  private static void awaitReleased(AgentProcess process) {
    process.awaitLine(line -> line.equals("released " + STREAMS), Apps.DEADLINE);
  }

  private static void end(AgentProcess process) {
    process.closeInput();
    assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
    assertThat(process.out()).noneMatch(line -> line.contains("failed"));
  }

  private static long released(AgentProcess process) {
    return process.out().stream().filter(line -> line.startsWith("released ")).count();
  }

  private static List<String> lines(AgentProcess process, String text) {
    return process.err().stream().filter(line -> line.contains(text)).toList();
  }
}
