package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent recommends from streams that it saw, and that it can be pasted. */
class RecommendIT {
  private static final int STREAMS = 110;
  private static final Pattern SETTING = Pattern.compile("-D(stallguard\\.\\S+)=(\\S+)");

  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void tellsWhichLimitsTheStreamsOfAHostBear(Jdk jdk) {
    List<String> out;
    try (AgentProcess process =
        Apps.plain(jdk, "Crowd").agent(BuiltJar.PATH, "mode=observe,idle=3s").start()) {
      process.send("ended " + STREAMS);
      process.send("silent 1");
      process.awaitLine(line -> line.contains("would have been aborted"), Apps.DEADLINE);
      process.send("jmx recommend");
      process.send("hosts 1");
      process.awaitLine(line -> line.equals("done hosts"), Apps.DEADLINE);
      process.closeInput();
      assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
      out = process.out();
    }

    assertThat(out)
        .anyMatch(
            line ->
                line.matches(
                    "127\\.0\\.0\\.1:\\d+, replies: "
                        + STREAMS
                        + " ended, 0 given up while somebody waited, 1 stalled \\(idle 1\\)"))
        .contains("replies " + STREAMS + " true true")
        .contains("  recommended: at least twice the longest seen, none of these streams aborted");
    assertThat(pasted(jdk, out))
        .contains("rule.127-0-0-1-")
        .contains(".idle=30s (system property stallguard.rule.")
        .contains(".first-byte=30s", ".event-idle=30s");
  }

  /** The agent's line at start under the settings that are in the output. */
  private static String pasted(Jdk jdk, List<String> out) {
    var command = Apps.guarded(jdk, "Hello");
    for (String line : out) {
      Matcher setting = SETTING.matcher(line);
      while (setting.find()) {
        command.property(setting.group(1), setting.group(2));
      }
    }
    List<String> lines = Apps.run(command).agentLines();
    assertThat(lines).as("no mistake is told").hasSize(1);
    return lines.get(0);
  }
}
