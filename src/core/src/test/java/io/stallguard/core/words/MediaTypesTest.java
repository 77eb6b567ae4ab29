package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "TEXT/Event-Stream",
        "text/event-stream;charset=utf-8",
        "text/event-stream ; charset=utf-8",
        "  text/event-stream",
        "text/event-stream\t",
        "text/event-stream, text/plain"
      })
  void caseParametersAndWhiteSpaceDoNotCount(String header) {
    assertThat(MediaTypes.matches("text/event-stream", header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "text/event", "text/event-streams", "text/html", ";", "text"})
  void anotherTypeIsNoMatch(String header) {
    assertThat(MediaTypes.matches("text/event-stream", header)).isFalse();
  }
}
