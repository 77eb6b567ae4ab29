package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "60s, 60000",
    "5m, 300000",
    "1h, 3600000",
    "1H, 3600000",
    "20 s, 20000",
    "PT60S, 60000",
    "pt1m30s, 90000",
    "PT0.5S, 500",
    "P1D, 86400000"
  })
  void readsWhatPeopleWrite(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis).toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "OFF", "Off"})
  void offIsNoLimit(String text) {
    assertThat(Durations.parse(text)).isEqualTo(Limit.OFF_NANOS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807h", "200000h", "P999999D", "PT9223372036854775807S"})
  void moreThanACenturyIsALimitAndNotOff(String text) {
    long nanos = Durations.parse(text);

    assertThat(nanos).isPositive().isLessThan(Limit.OFF_NANOS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "s",
        "-5s",
        "0s",
        "0ms",
        "PT0S",
        "PT-1S",
        "P",
        "PT",
        "1.5s",
        "5 minutes",
        "99999999999999999999s",
        "PT99999999999999999999S",
        "\u0665s",
        "5s5s",
        "on",
        "never"
      })
  void refusesTheRest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "499999, 0 s",
    "500000, 0.001 s",
    "512000000, 0.512 s",
    "3020000000, 3.02 s",
    "3999600000, 4 s",
    "300000000000, 300 s"
  })
  void writesAsManyDigitsAsTellSomething(long nanos, String text) {
    assertThat(Durations.text(nanos)).isEqualTo(text);
  }
}
