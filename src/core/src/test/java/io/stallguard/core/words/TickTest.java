package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.000001S, 10",
    "PT0.02S, 10",
    "PT5S, 10",
    "PT10S, 20",
    "PT30S, 60",
    "PT50S, 100",
    "PT1H, 100",
    "P4000D, 100"
  })
  void isShortEnoughForTheToleranceOfALimitAndNoShorter(Duration limit, long millis) {
    assertThat(Tick.forLimit(limit.toNanos())).isEqualTo(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void noLimitNeedsTheLongestTick() {
    assertThat(Tick.forLimit(Limit.OFF_NANOS)).isEqualTo(Tick.LONGEST_NANOS);
  }

  @Test
  void theLongestHealthyStepIsNoGap() {
    assertThat(Tick.isGap(Tick.maxStepNanos(Tick.LONGEST_NANOS))).isFalse();
    assertThat(Tick.isGap(Duration.ofMillis(251).toNanos())).isTrue();
  }

  @Test
  void aDecisionWaitsForAsLongAsAStampMayBeBehind() {
    assertThat(Tick.allowanceNanos(Tick.SHORTEST_NANOS))
        .isEqualTo(Tick.maxStepNanos(Tick.SHORTEST_NANOS));
  }
}
