package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTest {
  /**
   * A key that is put into the first group pushes the last one out of it, which nothing else shows.
   */
  @Test
  void theFirstTwoGroupsFitIntoAWordEach() {
    assertThat(Key.ARTIFACT.number())
        .as("the last key of the first group, which is full: put a key into another group")
        .isEqualTo(Long.SIZE - 1);
    assertThat(Key.SPECIAL.number())
        .as("the last key of the second group")
        .isLessThan(2 * Long.SIZE);
  }
}
