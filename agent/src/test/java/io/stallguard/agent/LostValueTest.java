package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LostValueTest {
  @ParameterizedTest
  @ValueSource(strings = {"idle", "idle=", " mode= ", "idle,mode"})
  void isAMistakeThatNamesTheQuoting(String arguments) {
    assertThat(LostValue.mistake(arguments, "detach"))
        .startsWith("nothing is attached or changed: ")
        .endsWith(" '\"idle=60s\"'");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "detach", "idle=3s", "include=a,b", "idle=,mode=observe"})
  void isNoneWhereAllIsThere(String arguments) {
    assertThat(LostValue.mistake(arguments, "detach")).isNull();
  }
}
