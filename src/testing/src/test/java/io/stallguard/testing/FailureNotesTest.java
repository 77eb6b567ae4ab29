package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class FailureNotesTest {
  @Test
  void tellTheTestItsAssertionTheLoadAndTheOutputOfItsJvm(@TempDir Path folder) throws IOException {
    execute(FailingExample.class, new FailureNotes(folder));

    List<String> note = Files.readAllLines(folder.resolve("FailingExample-001.txt"));
    assertThat(note.get(0)).isEqualTo("FAILED FailingExample > failsWithAJvm()");
    assertThat(note.get(1)).contains("load ", " processors, ", " JVMs of tests running");
    assertThat(note)
        .anyMatch(line -> line.contains("what the JVM says"))
        .anyMatch(line -> line.contains("at io.stallguard.testing.FailingExample.failsWithAJvm"))
        .anyMatch(line -> line.matches(" {2}JVM \\d+ of FailingExample, .*java, .*"))
        .anyMatch(line -> line.contains("out arguments"));
    assertThat(files(folder)).hasSize(2).anyMatch(name -> name.endsWith(".log"));
  }

  @Test
  void tellWhatAFailureCameOf(@TempDir Path folder) throws IOException {
    execute(CausedExample.class, new FailureNotes(folder));

    assertThat(Files.readAllLines(folder.resolve("CausedExample-001.txt")))
        .contains("  java.lang.IllegalStateException: what was seen")
        .contains("  caused by java.io.IOException: what it came of");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Without the listener that JUnit finds: the failure is none of this build. */
  private static void execute(Class<?> tests, FailureNotes notes) {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .addTestExecutionListeners(notes)
            .build();
    LauncherFactory.create(config)
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build());
  }
}
