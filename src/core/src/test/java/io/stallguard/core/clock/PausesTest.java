package io.stallguard.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {
  private final Pauses pauses = new Pauses(4);

  @Test
  void aClockThatNeverPausedHasLeftOutNothing() {
    assertThat(pauses.sinceNanos(0)).isZero();
  }

  @Test
  void thoseFromAStampOnCount() {
    pauses.add(10, 1_000);
    pauses.add(20, 200);

    assertThat(pauses.sinceNanos(0)).isEqualTo(1_200);
    assertThat(pauses.sinceNanos(10)).isEqualTo(1_200);
    assertThat(pauses.sinceNanos(11)).isEqualTo(200);
    assertThat(pauses.sinceNanos(20)).isEqualTo(200);
    assertThat(pauses.sinceNanos(21)).isZero();
  }

  @Test
  void whatIsTooMuchCountsFromTheFirstOfTwo() {
    for (int i = 0; i < 5; i++) {
      pauses.add(10 * i, 1);
    }

    assertThat(pauses.sinceNanos(0)).isEqualTo(5);
    assertThat(pauses.sinceNanos(10)).isEqualTo(5);
    assertThat(pauses.sinceNanos(20)).isEqualTo(3);
    assertThat(pauses.sinceNanos(40)).isEqualTo(1);
    assertThat(pauses.sinceNanos(41)).isZero();
  }
}
