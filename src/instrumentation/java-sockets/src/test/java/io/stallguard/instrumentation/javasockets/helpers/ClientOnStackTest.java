package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientOnStackTest {
  @Test
  void seesNoneHere() {
    assertThat(ClientOnStack.isThere()).isFalse();
  }
}
