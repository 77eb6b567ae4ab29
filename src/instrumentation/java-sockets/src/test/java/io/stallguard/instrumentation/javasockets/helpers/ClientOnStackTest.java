package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.NamesOnStacks;
import io.stallguard.core.settings.SettingsReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientOnStackTest {
  @AfterEach
  void forget() {
    NamesOnStacks.declare(Map.of());
  }

  @Test
  void seesAClientByWhatItsModuleSays() {
    NamesOnStacks.declare(Map.of("another", "com.example.", "junit", "org.junit."));

    assertThat(ClientOnStack.ofAny().isThere()).isTrue();
    assertThat(ClientOnStack.switchedOff(engine("junit")).isThere()).isTrue();
    assertThat(ClientOnStack.switchedOff(engine("another")).isThere()).isFalse();
  }

  @Test
  void seesNoneHere() {
    assertThat(ClientOnStack.ofAny().isThere()).isFalse();
  }

  @Test
  void seesNoneWhereNoneIsSwitchedOff() {
    NamesOnStacks.declare(Map.of("junit", "org.junit."));

    assertThat(ClientOnStack.switchedOff(engine("")).isThere()).isFalse();
  }

  private static Engine engine(String switchedOff) {
    Properties properties = new Properties();
    properties.setProperty("stallguard.instrumentation." + switchedOff + ".enabled", "false");
    Set<String> modules = Set.of("junit", "another");
    return Engine.start(SettingsReader.read(null, properties, Map.of(), modules, problem -> {}));
  }
}
