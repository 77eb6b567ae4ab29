package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsCase;
import io.stallguard.core.settings.SettingsList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of names that are none of ours may be passwords: they are never printed. */
class ForeignKeysTest extends SettingsCase {
  private static final String SECRET = "s3cret";

  /** Each as a source has it: nothing of ours, nearly one of ours, and odd ones. */
  private static final List<String> KEYS =
      List.of(
          "db.password", "idel", "rule.a.password", "rule.a", "rules.a.idle", "rule.", "i\ndle");

  @Test
  void neitherOfAFile() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String key : KEYS) {
      lines.add(key.replace("\n", "\\n") + "=" + SECRET);
    }
    Path file = file(lines.toArray(new String[0]));

    assertThatNamesAloneAreTold(read("config=" + file), KEYS.size());
  }

  @Test
  void norAreNamesOfAFileThatMayBeSecretsThemselves() throws IOException {
    Path file = file(SECRET, "rule." + SECRET + "=1", "pem=BEGIN", SECRET + "/abc=", "idel=5s");

    read("config=" + file);

    assertThat(problems).hasSize(5).noneMatch(line -> line.contains(SECRET));
    assertThat(problems).anyMatch(line -> line.contains("stallguard.idel"));
  }

  @Test
  void norOfSystemProperties() {
    KEYS.forEach(key -> set(key, SECRET));

    assertThatNamesAloneAreTold(read(""), KEYS.size());
  }

  @Test
  void norOfTheEnvironment() {
    environment.put("STALLGUARD_DB_PASSWORD", SECRET);
    environment.put("STALLGUARD_RULE_A_PASSWORD", SECRET);

    assertThatNamesAloneAreTold(read(""), 2);
  }

  @Test
  void norOfTheAgentsArguments() {
    assertThatNamesAloneAreTold(
        read("db.password=" + SECRET + "," + SECRET + ",idel=" + SECRET), 2);
  }

  @Test
  void norOfAChange() {
    Rig rig = new Rig("idle=60s");

    Throwable refused =
        catchThrowable(() -> rig.engine.change("db.password=" + SECRET + ",idle=5s", "test"));
    rig.tick();

    assertThat(refused).hasMessageContaining("db.password").hasMessageNotContaining(SECRET);
    assertThat(rig.log).noneMatch(line -> line.contains(SECRET));
  }

  private void assertThatNamesAloneAreTold(Settings settings, int mistakes) {
    assertThat(problems).hasSize(mistakes).allMatch(line -> line.startsWith("unknown setting "));
    assertThat(problems).noneMatch(line -> line.contains(SECRET));
    assertThat(settings.summary()).doesNotContain(SECRET);
    assertThat(SettingsList.of(settings).toString()).doesNotContain(SECRET);
  }
}
