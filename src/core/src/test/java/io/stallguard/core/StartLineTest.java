package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the agent says that it has started. */
class StartLineTest {
  private final List<String> console = new ArrayList<>();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"idle=1s", "log.level=warn", "log.level=error", "log.file=stderr"})
  void isOnStandardError(String settings) {
    tell(settings);

    assertThat(console).containsExactly("started");
  }

  @Test
  void isNowhereWithoutALog() {
    tell("log.level=off");
    tell("log.level=off,log.file=" + folder.resolve("x.log"));

    assertThat(console).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isInTheFileWhereThereIsOne() throws IOException {
    Path file = folder.resolve("x.log");

    tell("log.level=error,log.file=" + file);

    assertThat(console).isEmpty();
    assertThat(Files.readString(file)).endsWith("Z started" + System.lineSeparator());
  }

  @Test
  void isOnStandardErrorIfTheFileCannotBeWritten() {
    tell("log.file=" + folder.resolve("no/x.log"));

    assertThat(console).hasSize(2).startsWith("started");
  }

  private void tell(String settings) {
    Rig rig = new Rig(settings);
    BackgroundLines.tellStart(rig.engine, "started", console::add);
    rig.tick();
  }
}
