package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostsThatGoOnTest {
  private final HostsThatGoOn hosts = new HostsThatGoOn();

  @Test
  void aHostIsNewsOnce() {
    assertThat(hosts.add("a")).isTrue();
    assertThat(hosts.add("a")).isFalse();
    assertThat(hosts.contains("a")).isTrue();
    assertThat(hosts.contains("b")).isFalse();
  }

  @Test
  void keepsNoMoreThanItHasRoomFor() {
    for (int i = 0; i < HostsThatGoOn.MOST; i++) {
      assertThat(hosts.add("host" + i)).isTrue();
    }

    assertThat(hosts.add("one more")).isFalse();
    assertThat(hosts.contains("one more")).isFalse();
    assertThat(hosts.contains("host0")).isTrue();
  }
}
