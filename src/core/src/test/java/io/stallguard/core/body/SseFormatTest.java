package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseFormatTest {
  private final Told told = new Told(Exchanges.reply());

  @Test
  void theStandardsFirstExampleIsThreeEvents() {
    told.scan(
        """
        data: This is the first message.

        data: This is the second message, it
        data: has two lines.

        data: This is the third message.

        """);

    assertThat(told.log())
        .containsExactly("progress message", "progress message", "progress message");
  }

  @Test
  void theStandardsNamedEventsHaveTheirNames() {
    told.scan("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 1\n\n");

    assertThat(told.log()).containsExactly("progress add", "progress remove", "progress add");
  }

  @Test
  void theStandardsStockTickerIsOneEventOfThreeLines() {
    told.scan("data: YHOO\ndata: +2\ndata: 10\n\n");

    assertThat(told.log()).containsExactly("progress message");
  }

  /** A comment, an event with an id, one whose id is reset, one whose data begins with a space. */
  @Test
  void theStandardsCommentsAndIdsAreUnderstood() {
    told.scan(
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n");

    assertThat(told.log())
        .containsExactly("heartbeat comment", "progress message", "progress message");
    assertThat(told.format().isBetweenEvents()).isFalse();
  }

  /** Two events, the second a mere line feed, and a third that never ends. */
  @Test
  void theStandardsEmptyDataIsAHeartbeatOnlyIfItIsEmpty() {
    told.scan("data\n\ndata\ndata\n\ndata:");

    assertThat(told.log()).containsExactly("heartbeat message", "progress message");
  }

  @Test
  void theStandardsSpaceAfterTheColonIsIgnored() {
    told.scan("data:test\n\ndata: test\n\n");

    assertThat(told.log()).containsExactly("progress message", "progress message");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void everyLineEndEndsALine(String end) {
    told.scan(("event: a@data: 1@@: alive@@event: b@data: 2@data: 3@@").replace("@", end));

    assertThat(told.log()).containsExactly("progress a", "heartbeat comment", "progress b");
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    told.scan("\uFEFFevent: a\ndata: 1\n\n");

    assertThat(told.log()).containsExactly("progress a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "keepalive", "heartbeat", "Ping", "keep-alive", "my.HEART_BEAT"})
  void eventsOfTheseNamesAreHeartbeats(String name) {
    told.scan("event: " + name + "\ndata: {\"type\": \"ping\"}\n\n");

    assertThat(told.log()).containsExactly("heartbeat " + name);
  }

  @Test
  void anEventWithoutDataIsAHeartbeat() {
    told.scan("event: tick\n\nid: 7\n\nretry: 1000\n\n");

    assertThat(told.log())
        .containsExactly("heartbeat tick", "heartbeat message", "heartbeat message");
  }

  @Test
  void blankLinesSayNothing() {
    told.scan("\n\r\n\n\n");

    assertThat(told.log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, message_stop",
    "/v1/responses, response.completed",
    "/v1/responses, response.failed",
    "/v1/responses, response.incomplete",
    "/v2/chat, message-end"
  })
  void eventsOfTheseNamesAreTerminalOnTheirPath(String path, String name) {
    String event = "event: " + name + "\ndata: {\"delta\":{}}\n\n";
    Told own = new Told(Exchanges.to("https://api.example.com" + path)).scan(event);
    Told other = new Told(Exchanges.to("https://relay.example.com/answers")).scan(event);

    assertThat(own.log()).containsExactly("terminal " + name);
    assertThat(other.events().answer().mark()).isEqualTo(Mark.NONE);
  }

  @Test
  void openAiSaysDoneInItsData() {
    told.scan("data: {\"a\":1}\n\ndata: [DONE]\n\n");

    assertThat(told.log()).containsExactly("progress message", "terminal message");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE] ", " [DONE]", "\t [DONE] \t"})
  void blanksAroundItAreNoPartOfIt(String data) {
    told.scan("data: {\"a\":1}\n\ndata: " + data + "\n\n");

    assertThat(told.log()).containsExactly("progress message", "terminal message");
  }

  @Test
  void aWordOfATextHasABlankBeforeIt() {
    told.scan("data:  ping\n\n");

    assertThat(told.log()).containsExactly("progress message");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DONE]x",
        "[DONE] x",
        "[DO NE]",
        "x[DONE]",
        "[DON",
        "[DONE]\ndata: more",
        "more\ndata: [DONE]"
      })
  void dataThatOnlyHasDoneInItIsNotTheEnd(String data) {
    told.scan("data: " + data + "\n\n");

    assertThat(told.log()).containsExactly("progress message");
  }

  @Test
  void anErrorIsMarkedUntilSomethingFollows() {
    told.scan("event: job\ndata: 1\n\nevent: error\ndata: {\"code\":\"slow down\"}\n\n");
    Told first = new Told(Exchanges.reply()).scan("event: error\ndata: {}\n\n");

    assertThat(told.log()).containsExactly("progress job", "terminal error");
    assertThat(first.log()).containsExactly("terminal error");
    assertThat(told.events().answer().error()).isEqualTo("error");
    assertThat(told.events().answer().isOpen()).isFalse();
    told.scan("event: job\ndata: 2\n\n");
    assertThat(told.events().isDone()).isFalse();
    assertThat(told.events().answer().error()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_start\ndata: {\"message\":{\"role\":\"assistant\"}}\n\n",
        "event: message-start\ndata: {\"delta\":{\"message\":{\"role\":\"assistant\"}}}\n\n",
        "event: response.created\ndata: {\"response\":{\"id\":\"r\",\"object\":\"response\"}}\n\n",
        "data: {\"type\":\"message_start\",\"message\":{\"role\":\"assistant\"}}\n\n",
        "data: {\"delta\":{\"type\":\"ping\"},\"type\":\"content_block_delta\"}\n\n",
        "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
      })
  void showsWhatKindOfStreamItIs(String event) {
    assertThat(told.scan(event).events().answer().isShown()).isTrue();
  }

  @Test
  void aStreamOfAnotherKindDoesNotShowItself() {
    told.scan("data: {\"q\":\"?\",\"choices\":[\"a\",\"b\"]}\n\nevent: update\ndata: x\n\n");

    assertThat(told.events().answer().isShown()).isFalse();
  }

  @Test
  void namesAreCutAndCleaned() {
    told.scan("event: " + "n".repeat(100) + "\ndata: 1\n\n");
    assertThat(told.events().lastName()).isEqualTo("n".repeat(64));

    told.scan("event: a\u0000b\u001b[31m\ndata: 1\n\n");
    assertThat(told.events().lastName()).isEqualTo("a?b?[31m");
  }

  @Test
  void unknownFieldsAreIgnoredOnceTheStreamIsKnown() {
    told.scan("data: 1\nfoo: bar\ndat: x\n\n");

    assertThat(told.log()).containsExactly("progress message");
    assertThat(told.format().name()).isEqualTo("server-sent events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":\"no\"}", "<html>", "dat: 1\n", "eventual", "\uFEFE"})
  void bytesThatAreNoEventStreamAreWatchedAsBytes(String text) {
    told.scan(text);

    assertThat(told.contradicted()).isTrue();
  }

  @Test
  void aLineOfAnyLengthIsScannedInConstantMemory() {
    byte[] megabyte = "x".repeat(1 << 20).getBytes(UTF_8);
    told.scan("data: ");

    for (int i = 0; i < 64; i++) {
      told.scan(megabyte, 0, megabyte.length);
    }
    told.scan("\n\n");

    assertThat(told.log()).containsExactly("progress message");
  }
}
