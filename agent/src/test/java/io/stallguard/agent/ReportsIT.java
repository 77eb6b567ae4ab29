package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports in each form, of an exchange that has a secret wherever one can be. */
class ReportsIT {
  private static final Predicate<String> SECRET = line -> line.contains("SECRET");

  @TempDir Path folder;

  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void textHasNoSecret(Jdk jdk) {
    try (AgentProcess process = start(jdk, "idle=300ms")) {
      process.awaitLine(line -> line.contains(" reader released "), Apps.DEADLINE);

      end(process);
      assertThat(process.out()).singleElement().asString().startsWith("released by io.stallguard.");
      assertThat(process.err()).noneMatch(SECRET);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void jsonHasNoSecret(Jdk jdk) {
    try (AgentProcess process = start(jdk, "idle=300ms,log.format=json")) {
      process.awaitLine(line -> line.contains("\"event\":\"stall\""), Apps.DEADLINE);

      end(process);
      assertThat(process.err()).noneMatch(SECRET);
      assertThat(process.err())
          .hasSize(3)
          .last()
          .asString()
          .startsWith("{\"time\":\"")
          .contains("\"event\":\"coverage\",\"message\":\"coverage: 1 stream guarded (");
      assertThat(process.err().get(1))
          .startsWith("{\"time\":\"")
          .contains("\"path\":\"/v1/messages\"", "\"lastEvent\":\"token\"")
          .contains("\"limitSource\":\"agent argument\"", "\"releasedAfterSeconds\":")
          .endsWith("}");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aFileHasNoSecretAndStandardErrorNothing(Jdk jdk) throws IOException {
    Path file = folder.resolve("stallguard.log");
    try (AgentProcess process = start(jdk, "idle=300ms,log.file=" + file)) {
      process.awaitLine(line -> line.startsWith("released by "), Apps.DEADLINE);

      end(process);
      assertThat(Files.readString(file))
          .contains(": mode=enforce, idle=0.3 s (agent argument), ", ", log.file=")
          .contains(" stream stalled, aborted", "idle limit of 0.3 s exceeded", "reader released")
          .contains(" coverage: 1 stream guarded (")
          .doesNotContain("SECRET");
      assertThat(process.err()).isEmpty();
    }
  }

  private static AgentProcess start(Jdk jdk, String arguments) {
    return Apps.plain(jdk, "Secretive").agent(BuiltJar.PATH, arguments).start();
  }

  private static void end(AgentProcess process) {
    process.closeInput();
    assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
  }
}
