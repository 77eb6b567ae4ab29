package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.agent.Apps.Result;
import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What JMX shows and does, in an app that sets up its own logging before. */
class JmxIT {
  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void showsAndChangesWhatIsThere(Jdk jdk) {
    Result result = Apps.run(Apps.plain(jdk, "Managed").agent(BuiltJar.PATH, "idle=60s"));

    assertThat(result.out())
        .containsExactly(
            "logging by Managed$OwnLogManager",
            "mode enforce mode=enforce (default)",
            "open POST http://127.0.0.1:0/v1/messages",
            "waiting reader 14",
            "aborted by an operator",
            "aborted",
            "no stream 4711 is open",
            "java.lang.IllegalArgumentException: nothing is changed: unknown setting"
                + " stallguard.mod (JMX) ignored: did you mean stallguard.mode, enforce,"
                + " observe or off?; stallguard.idle=soon (JMX) ignored, what held before still"
                + " holds: expected a duration above zero such as 500ms, 60s, 5m, 1h or PT60S, or off",
            "idle limit of 0.3 s exceeded",
            "idle=300ms (JMX)",
            "idle=60s (agent argument)",
            "left alone true",
            "idle limit of 0.1 s exceeded",
            "counted 3",
            "dumped false");
    assertThat(result.err()).allMatch(line -> line.startsWith("[stallguard] "));
    assertThat(result.agentLines())
        .anyMatch(line -> line.contains("settings changed (JMX): mode=enforce, idle=0.3 s (JMX)"))
        .anyMatch(line -> line.contains("settings as at start again (JMX)"))
        .noneMatch(line -> line.contains("internal error"))
        .noneMatch(line -> line.contains("SECRET"));
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aStreamThatWasOpenedWithTheModeOffIsReleasedOnceItIsNot(Jdk jdk) {
    try (AgentProcess process =
        Apps.plain(jdk, "Crowd").agent(BuiltJar.PATH, "mode=off,idle=500ms").start()) {
      process.send("silent 1");
      process.send("ended 5");
      process.awaitLine(line -> line.equals("done ended"), Apps.DEADLINE);
      assertThat(process.out()).noneMatch(line -> line.startsWith("released "));

      process.send("change mode=enforce");
      process.awaitLine(line -> line.equals("released 1"), Apps.DEADLINE);
      process.closeInput();
      assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
    }
  }
}
