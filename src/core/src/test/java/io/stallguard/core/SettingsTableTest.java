package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of settings in the README names the settings that there are, with their defaults. */
class SettingsTableTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.*?) \\| .*\\|");

  @Test
  void hasEachSettingOnce() throws IOException {
    List<String> names = new ArrayList<>();
    for (Matcher row : rows()) {
      names.add(row.group(1));
    }

    List<String> expected = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      expected.add(setting.key());
    }
    expected.addAll(
        List.of("rule.<id>.match", "rule.<id>.<name>", "instrumentation.<name>.enabled"));
    assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void hasTheDefaults() throws IOException {
    for (Matcher row : rows()) {
      Setting setting = Setting.of(row.group(1));
      if (setting != null && setting != Setting.IDLE) {
        assertThat(row.group(2).replace("`", "").replace(", ", ","))
            .as(setting.key())
            .isEqualTo(setting.standard());
      }
    }
  }

  private static List<Matcher> rows() throws IOException {
    String readme = Files.readString(README);
    String settings = readme.substring(readme.indexOf("## Settings"), readme.indexOf("## Clients"));
    List<Matcher> rows = new ArrayList<>();
    for (String line : settings.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
