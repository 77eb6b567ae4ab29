package io.stallguard.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ModuleLinesTest {
  private final List<String> log = new ArrayList<>();
  private final List<String> console = new ArrayList<>();

  @Test
  void goWhereReportsGo() {
    tell(LogLevel.WARN, log::add);

    assertThat(log).containsExactly("okhttp is not guarded");
    assertThat(console).isEmpty();
  }

  @Test
  void goNowhereIfThereAreNoReports() {
    tell(LogLevel.OFF, log::add);

    assertThat(log).isEmpty();
    assertThat(console).isEmpty();
  }

  @Test
  void goToTheConsoleWhereALogCannotBeLoaded() {
    tell(
        LogLevel.WARN,
        line -> {
          throw new NoClassDefFoundError("org/slf4j/LoggerFactory");
        });

    assertThat(console).containsExactly("okhttp is not guarded");
  }

  private void tell(LogLevel level, Consumer<String> to) {
    Reports reports = new Reports(level, new TextReports(), to);
    new ModuleLines(reports, console::add).accept("okhttp is not guarded");
  }
}
