package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void isTheOneWithTheFewestEdits() {
    List<String> names = List.of("mode", "idle", "include", "exclude");

    assertThat(NearestName.of("idel", names)).isEqualTo("idle");
    assertThat(NearestName.of("inculde", names)).isEqualTo("include");
    assertThat(NearestName.of("excludes", names)).isEqualTo("exclude");
  }

  @Test
  void isTheFirstOfEquals() {
    assertThat(NearestName.of("", List.of("ab", "cd"))).isEqualTo("ab");
  }
}
