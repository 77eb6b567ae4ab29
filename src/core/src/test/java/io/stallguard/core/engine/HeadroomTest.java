package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is found of the heap before a client is told. */
class HeadroomTest {
  @Test
  void aJvmWithMemoryHasRoom() {
    assertThat(Headroom.isThere()).isTrue();
    assertThat(Headroom.canHave(1 << 10)).isTrue();
  }

  @Test
  void whatCannotBeHadIsNoError() {
    assertThat(Headroom.canHave(Integer.MAX_VALUE)).isFalse();
  }
}
