package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventItemsTest {
  @Test
  void areSeparatedByCommasThatStandInNoDatum() {
    assertThat(EventItems.of(" ping ,, [DONE],{\"a\":[1,2],\"b\":\"},\\\",\"},x"))
        .containsExactly("ping", "[DONE]", "{\"a\":[1,2],\"b\":\"},\\\",\"}", "x");
  }

  @Test
  void areKeysWithWhatTheyHave() {
    assertThat(EventItems.of("\"done\" : true, \"type\":\"a, b\",\"stop\\\"x\": , \"end\":"))
        .containsExactly("\"done\":true", "\"type\":\"a, b\"", "\"stop\\\"x\":", "\"end\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"k\"",
        "\"k\":1",
        "\"k\":null",
        "\"k\":false",
        "\"k\":truex",
        "\"k\":\"\"",
        "\"\":true",
        "\"k\":\"a\"b",
        "\"k",
        "\"k\":\"a",
        "{\"a\":1",
        "]",
        "\"k\\"
      })
  void areNamedIfTheyAreNone(String item) {
    assertThatThrownBy(() -> EventItems.of("x," + item))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(item);
  }
}
