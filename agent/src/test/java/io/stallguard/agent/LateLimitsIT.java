package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits whose advice nobody wanted at the start, set by JMX while the app runs. */
class LateLimitsIT {
  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void holdForTheNextExchangeAndTheNextConnection(Jdk jdk) {
    try (AgentProcess process = Apps.guarded(jdk, "Changing").start()) {
      process.awaitLine("changed"::equals, Apps.DEADLINE);
      process.awaitLine(
          line -> line.contains("head and connect in force: advice was put into "), Apps.DEADLINE);
      process.send("go on");

      assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
      assertThat(process.out())
          .containsExactly(
              "exchange SocketTimeoutException",
              "changed",
              "exchange StallTimeoutException: head limit of 0.5 s exceeded",
              "connect StallTimeoutException: connect limit of 0.5 s exceeded",
              "waits still true",
              "exchange SocketTimeoutException",
              "connect SocketTimeoutException");
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
      assertThat(process.err()).noneMatch(line -> line.contains("cannot be guarded"));
    }
  }
}
