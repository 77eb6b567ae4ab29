package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardWordTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999_999, Long.MAX_VALUE >> 3, (1L << 61) - 1})
  void keepsStateAndBeginOfTheSilenceApart(long since) {
    for (int state = GuardWord.IDLE; state <= GuardWord.ENDED; state++) {
      long word = GuardWord.of(since, state);

      assertThat(GuardWord.stateOf(word)).isEqualTo(state);
      assertThat(GuardWord.sinceOf(word)).isEqualTo(since);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "1, false",
    "2, false",
    "3, true",
    "4, true",
    "5, false",
    "6, false",
    "7, false"
  })
  void bytesAreWantedWhileAStreamIsAwaitedOrObserved(int state, boolean waiting) {
    assertThat(GuardWord.isWaiting(GuardWord.of(123, state))).isEqualTo(waiting);
  }
}
