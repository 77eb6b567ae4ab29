package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign text in one line of ours. */
class TextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\u001B",
        "\u0085",
        "\u2028",
        "\u2029", // lines
        "\u202E",
        "\u2066",
        "\u200F",
        "\u061C", // direction
        "\u200B",
        "\u200D",
        "\u2060",
        "\uFEFF",
        "\u00AD",
        "\u3164",
        "\u034F",
        "\uFE0F", // hidden
        "\u00A0",
        "\u2003",
        "\uE000",
        "\uD800",
        "\uDB40\uDC41",
        "\uDB40\uDD00" // tags and variants beyond the first plane
      })
  void whatPeopleCannotSeeIsReplaced(String hidden) {
    assertThat(Texts.clean("a" + hidden + "b", 10)).isEqualTo("a?b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"content_block.delta", "événement", "事件", "حدث", "\uD83D\uDE00", "a b~"})
  void whatTheySeeStays(String shown) {
    assertThat(Texts.clean(shown, 40)).isEqualTo(shown);
  }

  @Test
  void aCutLeavesNoHalfCharacter() {
    assertThat(Texts.clean("abc\uD83D\uDE00", 4)).isEqualTo("abc");
    assertThat(Texts.clean("abcdef", 4)).isEqualTo("abcd");
  }
}
