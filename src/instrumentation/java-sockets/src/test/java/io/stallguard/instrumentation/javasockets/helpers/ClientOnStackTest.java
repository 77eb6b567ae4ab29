package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import io.stallguard.core.SettingsReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientOnStackTest {
  @Test
  void seesNoneHere() {
    assertThat(ClientOnStack.ofAny().isThere()).isFalse();
  }

  @Test
  void seesNoneWhereNoneIsSwitchedOff() {
    Engine engine =
        Engine.start(
            SettingsReader.read(null, new Properties(), Map.of(), Set.of(), problem -> {}));

    assertThat(ClientOnStack.switchedOff(engine).isThere()).isFalse();
  }
}
