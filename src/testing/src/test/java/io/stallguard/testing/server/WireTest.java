package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the expected bytes are, seen apart from the server that sends them. */
class WireTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ANTHROPIC, event: message_stop
          OPENAI_CHAT, [DONE]
          OPENAI_RESPONSES, event: response.completed
          GEMINI, "finishReason":"STOP"
          OLLAMA, "done":true
          COHERE, event: message-end
          BEDROCK, messageStop
          """,
      quoteCharacter = '\'')
  void endsAWholeAnswerAndOnlyThatWithTheTerminalEvent(Provider provider, String terminal) {
    assertThat(text(provider, Scenario.OK)).containsOnlyOnce(terminal);
    assertThat(text(provider, Scenario.DONE_NO_CLOSE)).isEqualTo(text(provider, Scenario.OK));
    assertThat(text(provider, Scenario.TRUNCATED)).doesNotContain(terminal);
    assertThat(text(provider, Scenario.STALL_MID)).doesNotContain(terminal);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void stallsBetweenTwoEvents(Provider provider) {
    String whole = text(provider, Scenario.OK);
    String stalled = text(provider, Scenario.STALL_MID);

    assertThat(whole).startsWith(stalled);
    if (provider != Provider.BEDROCK_INVOKE) {
      assertThat(stalled).contains("naïve ").doesNotContain("世界");
    }
    if (!provider.path().startsWith("/model/")) {
      assertThat(stalled).endsWith("\n");
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void cutsTheNextEventInItsMiddle(Provider provider) {
    String whole = text(provider, Scenario.OK);
    String half = text(provider, Scenario.HALF_EVENT);
    String before = text(provider, Scenario.STALL_MID);

    assertThat(whole).startsWith(half);
    assertThat(half).startsWith(before).hasSizeGreaterThan(before.length() + 10);
    assertThat(half.substring(before.length())).doesNotContain("\n\n").doesNotEndWith("\n");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void sendsNothingBeforeTheFirstByte(Provider provider) {
    assertThat(Wire.expected(provider, Scenario.STALL_FIRST_BYTE)).isEmpty();
    assertThat(Wire.expected(provider, Scenario.STALL_HEADERS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void saysThatItFailedWhereItWouldStall(Provider provider) {
    String stalled = text(provider, Scenario.STALL_MID);
    String failed = text(provider, Scenario.ERROR_NO_CLOSE);

    assertThat(failed).startsWith(stalled).containsPattern("(?i)error");
    assertThat(text(provider, Scenario.OK)).startsWith(text(provider, Scenario.STALL_OPENING));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void burstsBeyondTheAskedSize(Provider provider) {
    assertThat(Wire.expected(provider, Scenario.BURST_THEN_STALL)).hasSizeGreaterThan(1 << 20);
    assertThat(Wire.expected(provider, Scenario.BURST_THEN_STALL, "burst-bytes=4096"))
        .hasSizeBetween(4096, 20_000);
    assertThat(Wire.expected(provider, Scenario.SLOW_CONSUMER)).hasSizeGreaterThan(8 << 20);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void sendsAsManyPiecesAsAsked(Provider provider) {
    int one = Wire.expected(provider, Scenario.SLOW_BUT_ALIVE, "events=1").length;
    int twenty = Wire.expected(provider, Scenario.SLOW_BUT_ALIVE, "events=20").length;

    assertThat(twenty - one).isGreaterThan(19 * 30);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void stallsOnlyTheChosenOneOfManyParallel(Provider provider) {
    assertThat(Wire.expected(provider, Scenario.MANY_PARALLEL, "stall=3;stream=3"))
        .isEqualTo(Wire.expected(provider, Scenario.STALL_MID));
    assertThat(Wire.expected(provider, Scenario.MANY_PARALLEL, "stall=3;stream=2"))
        .isEqualTo(Wire.expected(provider, Scenario.OK));
  }

  private static String text(Provider provider, Scenario scenario) {
    return new String(Wire.expected(provider, scenario), UTF_8);
  }
}
