package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/scenario/stall-mid;events=20;run=a/v1/messages",
        "/scenario/stall-mid%3Bevents%3D20%3Brun=a/v1/messages"
      })
  void splitsScenarioSettingsAndRest(String path) {
    RequestPath request = RequestPath.parse(path, null);

    assertThat(request.scenario()).isEqualTo("stall-mid");
    assertThat(request.settings().number(ScenarioSettings.EVENTS, 0)).isEqualTo(20);
    assertThat(request.settings().text(ScenarioSettings.RUN, "")).isEqualTo("a");
    assertThat(request.rest()).isEqualTo("/v1/messages");
  }

  @Test
  void isOkWithoutScenario() {
    RequestPath request = RequestPath.parse("/v1/messages", null);

    assertThat(request.scenario()).isEqualTo("ok");
    assertThat(request.rest()).isEqualTo("/v1/messages");
  }

  @Test
  void letsTheQueryOverrideSettingsAndIgnoresWhatBelongsToTheProvider() {
    RequestPath request = RequestPath.parse("/scenario/ok;events=1/x", "alt=sse&events=2");

    assertThat(request.settings().number(ScenarioSettings.EVENTS, 0)).isEqualTo(2);
    assertThat(request.settings().has("alt")).isFalse();
  }

  @Test
  void keepsThePlusOfAMediaType() {
    RequestPath request = RequestPath.parse("/scenario/ok;type=application%2Fstream+json/x", null);

    assertThat(request.settings().text(ScenarioSettings.TYPE, ""))
        .isEqualTo("application/stream+json");
  }

  @Test
  void namesTheSettingThatIsUnknown() {
    assertThatThrownBy(() -> RequestPath.parse("/scenario/ok;event=1/x", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no setting event, expected one of [events");
  }
}
