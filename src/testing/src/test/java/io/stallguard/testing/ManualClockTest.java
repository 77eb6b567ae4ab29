package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  @Test
  void standsStillUntilItIsAdvanced() {
    ManualClock clock = new ManualClock(42);

    assertThat(clock.getAsLong()).isEqualTo(42);
    clock.advance(Duration.ofMillis(3));
    assertThat(clock.getAsLong()).isEqualTo(3_000_042);
  }

  @Test
  void wrapsAroundLikeTheClockOfTheJvm() {
    ManualClock clock = ManualClock.wrappingAfter(Duration.ofSeconds(1));
    long before = clock.getAsLong();

    clock.advance(Duration.ofSeconds(2));

    assertThat(clock.getAsLong()).isNegative();
    assertThat(clock.getAsLong() - before).isEqualTo(2_000_000_000);
  }

  @Test
  void refusesToGoBack() {
    assertThatThrownBy(() -> new ManualClock().advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
