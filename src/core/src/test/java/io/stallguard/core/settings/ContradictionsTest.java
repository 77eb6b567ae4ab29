package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionsTest extends SettingsCase {
  @Test
  void aTotalLimitBelowTheIdleOneIsAContradiction() {
    read("idle=60s,total=10s");

    assertThat(problems)
        .containsExactly(
            "total=10 s (agent argument) is shorter than idle=60 s (agent argument):"
                + " the idle limit can never be reached");
  }

  @Test
  void aTotalLimitBelowTheFirstByteOneIsAContradiction() {
    read("first-byte=60s,total=10s");

    assertThat(problems)
        .containsExactly(
            "total=10 s (agent argument) is shorter than first-byte=60 s (agent argument):"
                + " the first-byte limit can never be reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "first-byte=45m | event-idle=1800 s (default) is shorter than first-byte=2700 s (agent"
            + " argument): for a reply the first-byte limit can never be reached",
        "event-idle=5s,first-byte=6s | event-idle=5 s (agent argument) is shorter than first-byte=6"
            + " s (agent argument): the first-byte limit can never be reached",
        "done-grace=20s,total=10s | total=10 s (agent argument) is shorter than done-grace=20 s"
            + " (agent argument): the done-grace limit can never be reached",
      })
  void whatCanNeverBeReachedIsAContradiction(String arguments, String told) {
    read(arguments);

    assertThat(problems).containsExactly(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "total=10s",
        "idle=off,total=10s",
        "idle=10s,total=10s",
        "idle=10s",
        "first-byte=15m",
        "after-done=ignore",
        "after-done=ignore,done-grace=20s",
        "done-grace=20s,rule.a.match=a.com,rule.a.after-done=ignore",
        "mode=observe,truncated=throw,after-done=throw",
      })
  void whatNobodyContradictedIsNoContradiction(String arguments) {
    read(arguments);

    assertThat(problems).isEmpty();
  }

  @Test
  void anIdleLimitBeyondTheOneOnEventsIsAContradiction() {
    read("idle=15m");

    assertThat(problems)
        .containsExactly(
            "event-idle=600 s (default) is shorter than idle=900 s (agent argument):"
                + " after a reply's first content the idle limit can never be reached");
  }
}
