package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.Answer;
import io.stallguard.core.body.Mark;
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

  /** Two pieces of each, and the end of all but one. */
  private static Answer chat(int count, int missing) {
    Told told = new Told(Exchanges.to(CHAT));
    for (int i = 0; i < 3 * count; i++) {
      if (i < 2 * count || i % count != missing) {
        told.scan(choice(i % count, i >= 2 * count));
      }
    }
    return told.end().events().answer();
  }

  @ParameterizedTest
  @CsvSource({
    "2,0", "16,15", "17,0", "17,16", "32,31", "33,20", "33,32", "64,63", "96,95", "128,5",
    "128,127", "130,129"
  })
  void oneThatIsMissingIsTold(int count, int missing) {
    assertThat(chat(count, missing).isCutShort()).isTrue();
    assertThat(chat(count, missing).mark()).isEqualTo(Mark.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 32, 33, 64, 65, 128, 130, 300})
  void allAreAWholeAnswer(int count) {
    assertThat(chat(count, count).isCutShort()).isFalse();
    assertThat(chat(count, count).mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 40, 70, 200})
  void aNumberThatCountsThePiecesIsNoChoice(int pieces) {
    Told told = new Told(Exchanges.to(CHAT));
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < pieces; i++) {
        told.scan(choice(i, i == pieces - 1));
      }
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
