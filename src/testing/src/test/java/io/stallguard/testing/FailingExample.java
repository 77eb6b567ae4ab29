package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A test that fails while a JVM of its own is there, for {@link FailureNotesTest}. */
class FailingExample {
  @Test
  void failsWithAJvm() {
    try (AgentProcess process =
        AgentProcess.java()
            .classPath(Path.of("target", "test-classes"))
            .mainClass(Chatter.class.getName())
            .start()) {
      process.awaitLine(line -> line.startsWith("ready"), Duration.ofSeconds(60));

      assertThat(process.out()).as("what the JVM says").contains("nothing of the kind");
    }
  }

  @Test
  void succeeds() {}
}
