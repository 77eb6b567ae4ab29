package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.body.AwsMessage;
import io.stallguard.core.body.Mark;
import io.stallguard.core.body.Told;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.GuardedInputStream;
import io.stallguard.core.words.Exchanges;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the end of a body means behind an answer that was whole, and behind an error. */
class EndsTest {
  private static final String MESSAGES = "/v1/messages";
  private static final String CHAT = "/v1/chat/completions";

  private static final String TURN =
      "event: message_start~data: {\"type\":\"message_start\",\"message\":{\"role\":\"assistant\"}}~~"
          + "event: content_block_delta~data: {\"type\":\"content_block_delta\"}~~"
          + "event: message_stop~data: {\"type\":\"message_stop\"}~~";

  private static final String CHUNK =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}~~";

  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}~~";

  private static final String DONE = "data: [DONE]~~";

  private static final String ERROR =
      "data: {\"error\":{\"type\":\"server_error\",\"message\":\"secret\"}}~~";

  private static Told stream(String path, String text) {
    return new Told(Exchanges.to("https://api.example.com" + path)).scan(text.replace('~', '\n'));
  }

  private static Told lines(String text) {
    return new Told(Exchanges.of("POST", "http://h/api/chat", "application/x-ndjson")).scan(text);
  }

  private static boolean isCut(Told told) {
    return told.end().events().answer().isCutShort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_start~",
        "event: message_start~data: {\"ty",
        "event: content_block_delta~data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"b",
        "data: {\"type\":\"message_start\",\"mess",
        "data: {\"typ"
      })
  void halfATurnBehindATurnIsCut(String half) {
    assertThat(isCut(stream(MESSAGES, TURN + half))).isTrue();
    assertThat(isCut(stream("/relay", TURN + TURN + half))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ": ali",
        "event: pi",
        "event: ping~data: {\"ty",
        "event: ping~",
        "data: {\"type\":\"ping\",\"no",
        "data: [DO",
        "data: [DONE]",
        "event: content_block_stop~data: {\"ty",
        "event: message_stop~data: {\"ty",
        "event: message_delta~data: {\"us",
        "event: own~",
        "id: 5"
      })
  void whatIsNoNewTurnMayBreakOffBehindOne(String half) {
    assertThat(isCut(stream(MESSAGES, TURN + half))).isFalse();
  }

  @Test
  void halfAChatBehindAChatIsCut() {
    String whole = CHUNK + STOP + DONE;

    assertThat(isCut(stream(CHAT, whole + CHUNK.substring(0, 20)))).isTrue();
    assertThat(isCut(stream(CHAT, whole + CHUNK.substring(0, CHUNK.indexOf("null"))))).isTrue();
    assertThat(isCut(stream(CHAT, CHUNK + STOP + CHUNK.substring(0, CHUNK.indexOf("null")))))
        .isTrue();
    assertThat(isCut(stream(CHAT, whole + CHUNK))).isTrue();
    assertThat(isCut(stream(CHAT, whole + CHUNK + STOP))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\":[],\"usage\":{\"total_tokens\":1}}~~",
        "data: {\"choices\":[],\"usage\":{\"total_to",
        "data: {\"id\":\"c\",\"obj",
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[",
        "data: [DO"
      })
  void whatFollowsAFinishReasonMayBreakOff(String rest) {
    assertThat(isCut(stream(CHAT, CHUNK + STOP + rest))).isFalse();
  }

  @Test
  void halfALineBehindTheLastOneIsCut() {
    String line = "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"content\":\"a\"},\"done\":";
    String whole = line + "false}\n" + line + "true}\n";

    assertThat(isCut(lines(whole))).isFalse();
    assertThat(isCut(lines(whole + "\n"))).isFalse();
    assertThat(isCut(lines(whole + "{\"mod"))).isTrue();
    assertThat(isCut(lines(whole + line + "fal"))).isTrue();
    assertThat(isCut(lines(whole + line + "false}\n"))).isTrue();
  }

  @Test
  void halfAMessageBehindBedrocksMetadataIsCut() {
    assertThat(isCut(bedrock(0))).isFalse();
    assertThat(isCut(bedrock(AwsMessage.event("messageStart", "{\"role\":\"a\"}").length - 3)))
        .isTrue();
  }

  private static Told bedrock(int bytesOfNext) {
    Told told =
        new Told(
            Exchanges.of(
                "POST", "http://h/m/converse-stream", "application/vnd.amazon.eventstream"));
    String[] names = {"messageStart", "contentBlockDelta", "messageStop", "metadata"};
    for (String name : names) {
      byte[] message = AwsMessage.event(name, "{}");
      told.scan(message, 0, message.length);
    }
    return told.scan(AwsMessage.event("messageStart", "{\"role\":\"a\"}"), 0, bytesOfNext);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | " + ERROR,
        "1 | " + ERROR + DONE,
        "1 | event: error~data: {\"type\":\"error\",\"error\":{\"type\":\"server_error\"}}~~",
        "2 | " + ERROR
      })
  void whoFailedAndSaysNothingMoreLeavesHalfAnAnswer(int chunks, String error) {
    Told told = stream(CHAT, CHUNK.repeat(chunks) + error);

    assertThat(isCut(told)).isTrue();
    assertThat(told.events().answer().error()).isEqualTo("server_error");
  }

  /** Who reads it is to see it, and no exception of ours in its place. */
  @Test
  void anErrorThatIsAllOrComesBehindAWholeAnswerIsNotCut() {
    assertThat(isCut(stream(CHAT, ERROR))).isFalse();
    assertThat(isCut(stream(CHAT, ERROR + DONE))).isFalse();
    assertThat(isCut(stream(CHAT, CHUNK + STOP + DONE + ERROR))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: error~data: {\"msg\":\"sensor 5 down\"}~~",
        "data: {\"severity\":\"ERROR\",\"error\":{\"type\":\"NPE\",\"message\":\"m\"}}~~",
        "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602}}~~"
      })
  void anErrorInASubscriptionEndsNothing(String error) {
    Told told = new Told(Exchanges.of("GET", "http://h/feed", "text/event-stream"));
    byte[] bytes = error.replace('~', '\n').getBytes(UTF_8);
    told.scan(bytes, 0, bytes.length);

    assertThat(told.events().answer().error()).isNotNull();
    assertThat(told.events().answer().isEnded()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
  }

  @Test
  void anErrorThatAnAnswerFollowsLeavesAWholeOne() {
    assertThat(isCut(stream(CHAT, ERROR + CHUNK + STOP + DONE))).isFalse();
    assertThat(isCut(stream(CHAT, CHUNK + ERROR + CHUNK + STOP))).isFalse();
    assertThat(isCut(stream(CHAT, ERROR + CHUNK))).isTrue();
  }

  @Test
  void anErrorOfNoAnswerIsAnEventAsAnyOther() {
    assertThat(isCut(stream("/jobs/7", "data: {\"row\":7}~~" + ERROR))).isFalse();
    assertThat(isCut(stream("/jobs/7", "event: error~data: {\"row\":7}~~"))).isFalse();
    assertThat(
            isCut(stream("/mcp", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1}}~~")))
        .isFalse();
  }

  @Test
  void theErrorIsNamedWhereTheReaderMeetsTheEnd() throws IOException {
    Rig rig = new Rig("truncated=throw");
    byte[] bytes = (CHUNK + ERROR).replace('~', '\n').getBytes(UTF_8);
    Guard guard = rig.engine.open(Exchanges.to("https://api.example.com" + CHAT), rig.abort);
    InputStream body = new GuardedInputStream(new ByteArrayInputStream(bytes), guard);

    assertThat(body.read(new byte[1000])).isEqualTo(bytes.length);
    assertThatThrownBy(body::read)
        .isInstanceOf(EOFException.class)
        .hasMessageStartingWith("stream truncated: ended ")
        .hasMessageContaining("after the provider's error server_error; POST https://")
        .hasMessageNotContaining("secret");
    assertThat(rig.engine.counters().truncated()).isEqualTo(1);
  }

  @Test
  void halfATurnBehindATurnIsToldInALine() {
    Rig rig = new Rig("");
    byte[] bytes = TURN.replace('~', '\n').getBytes(UTF_8);
    byte[] half = "event: message_start\ndata: {".getBytes(UTF_8);
    Guard guard = rig.open();
    guard.awaiting();
    guard.scan(bytes, 0, bytes.length);
    guard.arrived(bytes.length);
    guard.awaiting();
    guard.scan(half, 0, half.length);
    guard.arrived(half.length);

    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    rig.tick();

    assertThat(rig.log).singleElement().asString().contains("without its terminal event");
  }
}
