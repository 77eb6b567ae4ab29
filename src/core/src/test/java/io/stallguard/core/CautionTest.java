package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsCase;
import io.stallguard.core.settings.SettingsList;
import io.stallguard.core.words.Mode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What cannot be read never makes the agent do more than was wanted. */
class CautionTest extends SettingsCase {
  private static final String EXPECTED = "expected enforce, observe or off";

  @Test
  void aModeThatCannotBeReadIsObserveWhateverWeakerSourcesSay() throws IOException {
    environment.put("STALLGUARD_MODE", "enforce");
    Path file = file("mode=enforce");

    Settings settings = read("mode=observ,config=" + file);

    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(problems)
        .containsExactly(
            "stallguard.mode=observ (agent argument) ignored, observe holds: " + EXPECTED);
    assertThat(settings.summary()).startsWith("mode=observe (agent argument, not understood)");
    assertThat(SettingsList.of(settings))
        .extracting(SettingsList.Entry::toString)
        .contains("mode=observe (agent argument, not understood)");
  }

  @Test
  void aModeThatCannotBeReadDoesNotOverrideAStrongerSource() {
    set("mode", "enforce");

    assertThat(read("mode=observ").mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void soItIsInARule() {
    Settings settings = read("rule.lab.match=lab.com,rule.lab.mode=obsrve");

    assertThat(problems)
        .containsExactly(
            "stallguard.rule.lab.mode=obsrve (agent argument) ignored, observe holds: " + EXPECTED);
    assertThat(told(settings, "https://lab.com/", Setting.MODE))
        .isEqualTo("mode=observe (rule lab, agent argument, not understood)");
    assertThat(SettingsList.of(settings))
        .extracting(SettingsList.Entry::toString)
        .contains("rule.lab.mode=observe (agent argument, not understood)");
  }

  @Test
  void whatStandsInAFileThatCannotBeReadMayBeAModeToo() {
    Settings settings = read("config=/no/such/file");

    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(read("config=/no/such/file,mode=enforce").mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void nothingOfAFileThatIsBrokenHolds() throws IOException {
    Path file = file("idle=7s", "total=\\u12x4");

    Settings settings = read("config=" + file);

    assertThat(settings.idle()).hasToString("idle=300 s (default)");
    assertThat(problems).singleElement().asString().contains("expected a readable properties file");
  }

  @Test
  void whileTheJvmRunsAModeThatCannotBeReadIsRefused() {
    Rig rig = new Rig("idle=60s");

    for (String change : new String[] {"mode=observ", "rule.a.match=a.com,rule.a.mode=obsrve"}) {
      assertThatThrownBy(() -> rig.engine.change(change, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(" (test) ignored, what held before still holds: " + EXPECTED);
      assertThat(rig.engine.settings().mode()).isEqualTo(Mode.ENFORCE);
      assertThat(rig.engine.settings().rules()).isEmpty();
    }
  }

  @Test
  void anotherChangeLeavesTheCautionOfTheStart() {
    Settings start = read("mode=observ");

    Settings changed = SettingsChange.of(start, "idle=7s", "test");

    assertThat(changed.mode()).isEqualTo(Mode.OBSERVE);
  }
}
