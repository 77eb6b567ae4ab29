package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More choices in one answer than a server mostly brings. */
class ManyChoicesTest {
  private static final String CHAT = "https://api.example.com/v1/chat/completions";
  private static final String GEMINI = "http://h/v1/models/gemini:streamGenerateContent";

  private static String choice(int index, boolean isLast) {
    return "data: {\"id\":\"c\",\"choices\":[{\"index\":"
        + index
        + ",\"delta\":{\"content\":\"a\"},\"finish_reason\":"
        + (isLast ? "\"stop\"}]}\n\n" : "null}]}\n\n");
  }

  private static String candidate(int index, boolean isLast) {
    return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}"
        + (isLast ? ",\"finishReason\":\"STOP\"" : "")
        + ",\"index\":"
        + index
        + "}]}\n\n";
  }

  /** A chat with so many pieces of each choice, and the end of all but one. */
  private static Answer chat(int pieces, int count, int missing) {
    Told told = new Told(Exchanges.to(CHAT));
    int bare = pieces * count;
    for (int i = 0; i < bare + count; i++) {
      if (i < bare || i % count != missing) {
        told.scan(choice(i % count, i >= bare));
      }
    }
    return told.end().events().answer();
  }

  @ParameterizedTest
  @CsvSource({
    "2,0", "16,15", "17,0", "17,1", "17,16", "32,31", "33,20", "33,32", "64,63", "96,95", "128,5",
    "128,127", "130,129"
  })
  void oneThatIsMissingIsTold(int count, int missing) {
    for (int pieces = 1; pieces <= 2; pieces++) {
      Answer answer = chat(pieces, count, missing);

      assertThat(answer.isCutShort()).as("%s pieces", pieces).isTrue();
      assertThat(answer.mark()).isEqualTo(Mark.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 32, 33, 64, 65, 128, 130, 300})
  void allAreAWholeAnswer(int count) {
    for (int pieces = 1; pieces <= 2; pieces++) {
      Answer answer = chat(pieces, count, count);

      assertThat(answer.isCutShort()).as("%s pieces", pieces).isFalse();
      assertThat(answer.mark()).isEqualTo(Mark.LONG);
    }
  }

  /** The last piece has a number of its own, that of the one before it, or 0. */
  @ParameterizedTest
  @CsvSource({"17,16", "40,39", "70,69", "200,199", "18,16", "18,0", "70,0"})
  void aNumberThatCountsThePiecesIsNoChoice(int pieces, int last) {
    Told told = new Told(Exchanges.to(CHAT));
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < pieces - 1; i++) {
        told.scan(choice(i, false));
      }
      told.scan(choice(last, true));
    }

    assertThat(told.end().events().answer().isCutShort()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @Test
  void candidatesToo() {
    Told told = new Told(Exchanges.to(GEMINI));
    for (int i = 0; i < 50; i++) {
      told.scan(candidate(i % 17, i >= 34));
    }
    assertThat(told.events().answer().isTruncated()).isTrue();

    told.scan(candidate(50 % 17, true));

    assertThat(told.end().events().answer().isCutShort()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }
}
