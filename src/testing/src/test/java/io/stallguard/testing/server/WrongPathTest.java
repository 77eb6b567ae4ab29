package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that asks for nothing there is gets an answer that says what there is. */
class WrongPathTest {

  private final Routes routes = new Routes();

  @Test
  void namesTheScenariosThatThereAre() {
    assertThat(notFound("/scenario/stall-middle/v1/messages"))
        .contains("no scenario stall-middle", "stall-mid", "many-parallel");
  }

  @Test
  void namesTheProvidersThatThereAre() {
    assertThat(notFound("/scenario/ok/v1/message"))
        .contains("no provider answers /v1/message", "/v1/messages", "/api/chat", "/json");
  }

  @Test
  void namesTheSettingsThatThereAre() {
    assertThat(notFound("/scenario/ok;period=3/v1/messages"))
        .contains("no setting period", "period-ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/scenario/ok;events=x/v1/messages", "/scenario/ok;delay-ms=x/json"})
  void namesTheValueThatIsNoNumber(String path) {
    assertThat(notFound(path)).contains("expected a whole number, got x");
  }

  private String notFound(String path) {
    Script script = routes.script("POST", path, null, new byte[0]);

    assertThat(script.status()).isEqualTo(404);
    return new String(script.body(), UTF_8);
  }
}
