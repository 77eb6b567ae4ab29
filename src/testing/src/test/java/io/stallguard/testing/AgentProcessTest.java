package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class AgentProcessTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  static Stream<Jdk> jdksForTestClasses() {
    return Jdks.find().all().stream().filter(jdk -> jdk.feature() >= 17);
  }

  @ParameterizedTest
  @MethodSource("jdksForTestClasses")
  void startsTheAskedJdkWithAllThatItWasGiven(Jdk jdk, @TempDir Path folder) throws IOException {
    JavaCommand command =
        chatter(jdk)
            .agent(TinyAgent.jar(folder), "idle=60s,mode=observe")
            .property("chatter.property", "p q")
            .environment("CHATTER_VARIABLE", "v");

    try (AgentProcess process = command.start()) {
      process.awaitLine(line -> line.startsWith("ready"), DEADLINE);
      process.awaitLine(OutputLine.Source.OUT, line -> line.startsWith("feature"), DEADLINE);

      assertThat(process.out())
          .containsExactly(
              "agent idle=60s,mode=observe",
              "arguments a b",
              "property p q",
              "variable v",
              "feature " + jdk.feature());
      assertThat(process.err()).containsExactly("ready, naïve 世界");
    }
  }

  @Test
  void findsALineThatCameBeforeItWasAskedFor() {
    try (AgentProcess process = chatter().start()) {
      OutputLine last = process.awaitLine(line -> line.startsWith("ready"), DEADLINE);
      OutputLine first = process.awaitLine(line -> line.startsWith("arguments"), DEADLINE);

      assertThat(first.nanos() - process.startedNanos()).isPositive();
      assertThat(last.source()).isEqualTo(OutputLine.Source.ERR);
    }
  }

  @Test
  void leavesErrorsUnreadUntilTold() {
    try (AgentProcess process = chatter().errorsUnread().start()) {
      process.send("more");
      process.awaitLine("said more"::equals, DEADLINE);
      assertThat(process.err()).isEmpty();

      process.readErrors();
      process.awaitLine(OutputLine.Source.ERR, line -> line.startsWith("ready"), DEADLINE);
    }
  }

  @Test
  void reportsTheExitCode() {
    try (AgentProcess process = chatter().start()) {
      process.send("exit 3");

      assertThat(process.awaitExit(DEADLINE)).isEqualTo(3);
      assertThat(process.running()).isFalse();
    }
  }

  @Test
  void endsAProgramThatReadsItsInputToTheEnd() {
    try (AgentProcess process = chatter().start()) {
      process.send("something");
      process.closeInput();

      assertThat(process.awaitExit(DEADLINE)).isZero();
      assertThat(process.out()).contains("said something");
    }
  }

  @Test
  void saysWhatWasPrintedWhenALineIsMissing() {
    try (AgentProcess process = chatter().start()) {
      process.closeInput();

      assertThatThrownBy(() -> process.awaitLine(line -> line.equals("never"), DEADLINE))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("arguments a b");
    }
  }

  @Test
  void showsTheStacksOfAJvmThatDoesNotEnd() {
    try (AgentProcess process = chatter().start()) {
      process.awaitLine(line -> line.startsWith("ready"), DEADLINE);

      assertThatThrownBy(() -> process.awaitExit(Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Full thread dump")
          .hasMessageContaining("\"main\"");
    }
  }

  @Test
  void noticesALineOrAnEndThatWasNotExpected() {
    try (AgentProcess process = chatter().start()) {
      process.awaitLine(line -> line.startsWith("ready"), DEADLINE);
      process.expectNoLine("never"::equals, Duration.ofMillis(1));

      assertThatThrownBy(
              () -> process.expectNoLine(line -> line.startsWith("ready"), Duration.ofMillis(1)))
          .hasMessageContaining("was expected to be silent");
      process.closeInput();
      process.awaitExit(DEADLINE);
      assertThatThrownBy(() -> process.expectNoLine("never"::equals, Duration.ofMillis(1)))
          .hasMessageContaining("ended with 0");
    }
  }

  @Test
  void failsWhenTheDeadlineOfTheExitPasses() {
    try (AgentProcess process = chatter().start()) {
      assertThatThrownBy(() -> process.awaitExit(Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("did not end within PT0.001S");
    }
  }

  @Test
  void killsWhatTheProcessStarted() throws Exception {
    ProcessHandle child;
    AgentProcess process = chatter().start();
    try (process) {
      process.send("child");
      String line = process.awaitLine(text -> text.startsWith("child "), DEADLINE).text();
      child = ProcessHandle.of(Long.parseLong(line.substring("child ".length()))).orElseThrow();
    }

    process.awaitExit(DEADLINE);
    child.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void putsOptionsBeforeTheProgramAndItsArguments() {
    List<String> line = chatter().jvmOptions("-Xint").line();

    assertThat(line)
        .startsWith(Jdks.running().java().toString())
        .contains("-Xint")
        .endsWith("a", "b");
  }

  private static JavaCommand chatter() {
    return chatter(Jdks.running());
  }

  private static JavaCommand chatter(Jdk jdk) {
    return AgentProcess.java(jdk)
        .classPath(testClasses())
        .mainClass(Chatter.class.getName(), "a", "b");
  }

  private static Path testClasses() {
    return Path.of(
        URI.create(Chatter.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
