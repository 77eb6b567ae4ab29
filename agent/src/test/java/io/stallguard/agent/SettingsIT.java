package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.agent.Apps.Result;
import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of his settings at start: sources, mistakes, and that the app runs. */
class SettingsIT {
  private static final String DURATION =
      "a duration above zero such as 500ms, 60s, 5m, 1h or PT60S, or off";

  /** JDK 26 lets whoever ends it wait for an agent that is being started: for a minute. */
  private static final Duration LESS_THAN_A_MINUTE = Duration.ofSeconds(40);

  @TempDir Path folder;

  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    List<Jdk> all = Apps.jdks();
    return all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void eachSourceIsReadAndTheStrongestWins(Jdk jdk) throws IOException {
    Path file = file("idle=1s", "total=1h", "head=1s", "mode=observe", "rule.a.match=a.com");
    JavaCommand command =
        Apps.plain(jdk, "Hello")
            .agent(BuiltJar.PATH, "idle=3s,total=3h")
            .settingsAsGiven()
            .environment("STALLGUARD_CONFIG", file.toString())
            .environment("STALLGUARD_IDLE", "2s")
            .environment("STALLGUARD_TOTAL", "2h")
            .environment("STALLGUARD_HEAD", "2s")
            .environment("STALLGUARD_RULE_A_EVENT_IDLE", "1h")
            .property("stallguard.idle", "4s");

    assertThat(lines(command))
        .singleElement()
        .asString()
        .endsWith(
            ": mode=observe (file "
                + file
                + "), idle=4 s (system property stallguard.idle), total=10800 s (agent argument),"
                + " head=2 s (environment STALLGUARD_HEAD), config="
                + file
                + " (environment STALLGUARD_CONFIG), rule.a.match=a.com (file "
                + file
                + "), rule.a.event-idle=1h (environment STALLGUARD_RULE_A_EVENT_IDLE)");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void eachMistakeOfEachSourceIsToldAtOnce(Jdk jdk) throws IOException {
    Path file = file("total=-1s", "idl=5s");
    JavaCommand command =
        Apps.plain(jdk, "Hello")
            .agent(BuiltJar.PATH, "mode=watch,config=" + file + ",rule.a.idle=5s,first-byte=45m")
            .environment("STALLGUARD_EVENT_IDEL", "5s")
            .property("stallguard.idle", "soon");

    List<String> lines = lines(command);

    assertThat(lines.subList(0, lines.size() - 1))
        .containsExactlyInAnyOrder(
            "unknown setting stallguard.idl (file "
                + file
                + ") ignored: did you mean stallguard.idle, "
                + DURATION
                + "?",
            "unknown setting stallguard.event-idel (environment STALLGUARD_EVENT_IDEL) ignored:"
                + " did you mean STALLGUARD_EVENT_IDLE, "
                + DURATION
                + "?",
            "stallguard.mode=watch (agent argument) ignored, observe holds: expected enforce,"
                + " observe or off",
            "stallguard.idle=soon (system property stallguard.idle) ignored, the default holds:"
                + " expected "
                + DURATION,
            "stallguard.total=-1s (file "
                + file
                + ") ignored, the default holds: expected "
                + DURATION,
            "stallguard.rule.a.idle=5s (agent argument) ignored, the rule has no rule.a.match:"
                + " expected patterns host[:port][/path] such as api.anthropic.com or"
                + " *.example.com:8443/v1/*, separated by commas",
            "event-idle=1800 s (default) is shorter than first-byte=2700 s (agent argument): for a"
                + " reply the first-byte limit can never be reached");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aFileThatIsNotThereIsTold(Jdk jdk) {
    JavaCommand command = Apps.guarded(jdk, "Hello").property("stallguard.config", "/no/file");

    assertThat(lines(command))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "stallguard.config=/no/file (system property stallguard.config) ignored: expected a"
                + " readable properties file: java.io.FileNotFoundException: ");
  }

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void aMistakeStopsTheJvmIfThatIsWanted(Jdk jdk) {
    JavaCommand command =
        Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, "strict=true,idle=soon,mod=off");

    try (AgentProcess process = command.start()) {
      assertThat(process.awaitExit(LESS_THAN_A_MINUTE)).isEqualTo(1);
      assertThat(process.out()).isEmpty();
      assertThat(process.err())
          .hasSize(3)
          .last()
          .isEqualTo(
              "[stallguard] the JVM ends with exit code 1: strict=true and 2 mistakes in the"
                  + " settings");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutAMistakeTheStrictRunToo(Jdk jdk) {
    JavaCommand command = Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, "strict=true,idle=5s");

    assertThat(lines(command)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jfr=false", "jfr=off", "jfr=true,jmx=on"})
  void aSwitchIsNoMistakeHoweverItIsWritten(String switches) {
    JavaCommand command =
        Apps.plain(jdks().get(0), "Hello").agent(BuiltJar.PATH, "strict=true," + switches);

    assertThat(lines(command)).singleElement().asString().contains("mode=enforce");
  }

  /** What the agent says; the app has run, and nobody else says anything. */
  private static List<String> lines(JavaCommand command) {
    Result result = Apps.run(command);

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsExactly("hello");
    assertThat(result.err()).hasSameSizeAs(result.agentLines());
    return result.agentLines();
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("stallguard.properties"), List.of(lines));
  }
}
