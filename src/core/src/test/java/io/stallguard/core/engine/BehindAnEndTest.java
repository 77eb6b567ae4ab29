package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.body.AwsMessage;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has begun behind an end: what can be no piece of an answer leaves the grace alone. */
class BehindAnEndTest {
  private static final String CHAT = "https://api.example.com/v1/chat/completions";
  private static final String FINISH =
      "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String CONVERSE = "http://h/model/m/converse-stream";

  private final Rig rig = Rig.exactly("");

  private Guard chat(String behind) {
    Guard guard = rig.engine.open(Exchanges.to(CHAT), rig.abort);
    rig.tick();
    read(guard, FINISH + behind);
    return guard;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ": pi",
        "data: [DONE]",
        "data: [DONE]\r",
        "data: [DONE]\n",
        "event: done\ndata: [DONE]\n",
        "event: ping\n",
        "event: ping\nda",
        "event: keep-alive\ndata: {\"a\":",
        "event: message_stop\ndata: {",
        "data: {\"type\":\"ping\"",
        "data: {\"type\":\"message_stop\",",
        "data: ping\n",
        "data: [D",
        "data: [DO",
        "data: [DONE",
        "event: done\ndata: [DON",
        "data: p",
        "data: ping",
        "data: \"keep-al",
        "event: pi",
        "event: ping",
        "event: Keep_A",
        "event: message_stop",
        "id: 1\nevent: ping",
        " ",
        "\t\n ",
        "own: 5",
        "own: 5\n",
        "dog: 5",
        ": a\n: b",
        "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"total",
        "data: [DONE]\n: pi",
        "id: 1\n\n",
        "id: 1\r\n\r\n: al",
        "retry: 3000\n\n",
        "id: 1\nretry: 300\n\n",
      })
  void whatIsNoPieceForCertainIsNotWaitedFor(String begun) {
    Guard guard = chat(begun);

    rig.run(Duration.ofSeconds(58));
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.isEnded()).isTrue();
    assertThat(guard.incident().stall().delivered()).isEqualTo("whole content delivered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d",
        "data:",
        "data: [",
        "data: {\"choices\":[{\"delta\":",
        "data: {\"id\":\"type\",\"a\":\"ping\"",
        "data: [DONE]\ndata: more",
        "event: response.created\n",
        "event: message_start\ndata: {",
        "data: x\n: pi",
        "data: pingpong",
        "data: [DOE",
        "event",
        "event:",
        "event: p",
        "event: piece",
        "event: message_sto\n",
        "id: 1\nd",
        "id: 1\nevent: message",
        "id: 1\ndata:",
        "er",
        "error: ",
        "data: {\"choices\":[",
        "i",
        "id",
        "id:",
        "id: 1",
        "id: 1\n",
        "id: 1\nretry: 300",
        "re",
        "retry: 3000\n",
        "id: 1\n: alive",
        "event:\n",
        "id: 1\n\nid: 2\n",
      })
  void whatMayBeAPieceIs(String begun) {
    Guard guard = chat(begun);

    rig.run(Duration.ofSeconds(100));
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(210));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void theNameOfTheEventBeforeSaysNothingOfTheNextOne() {
    Guard guard = rig.open();
    read(guard, "data: {\"type\":\"message_start\"}\n\ndata: {\"type\":\"message_stop\"}\n\n");
    read(guard, "event: message\n");

    rig.run(Duration.ofSeconds(20));

    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void halfACommentIsNotWaitedForInLinesEither() {
    Exchange lines = Exchanges.of("POST", "http://h/api/chat", "application/x-ndjson");
    String end = "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{},\"done\":true}\n";
    Guard alive = rig.engine.open(lines, rig.abort);
    Guard going = rig.engine.open(lines, rig.abort);
    rig.tick();
    read(alive, end + "{\"type\":\"ping\",");
    read(going, end + "{\"model\":\"m\",");

    rig.run(Duration.ofSeconds(6));

    assertThat(alive.isEnded()).isTrue();
    assertThat(going.isDecided()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"pin", "pi", "[D", "[DONE", " ", "\r", "{\"event\":\"ping\""})
  void norIsHalfALineThatIsNoDocument(String half) {
    assertThat(isEndedBehindLines(half)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[", "[{", "1", "n", "\"pine", "{\"mod"})
  void halfADocumentIs(String half) {
    assertThat(isEndedBehindLines(half)).isFalse();
  }

  private boolean isEndedBehindLines(String half) {
    Guard guard =
        rig.engine.open(
            Exchanges.of("POST", "http://h/api/chat", "application/x-ndjson"), rig.abort);
    rig.tick();
    read(guard, "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{},\"done\":true}\n" + half);
    rig.run(Duration.ofSeconds(6));
    return guard.isEnded();
  }

  @Test
  void theCodeOfALineSaysWhetherItIsAPiece() {
    assertThat(isEndedBehindCodes("d")).isTrue();
    assertThat(isEndedBehindCodes("d:")).isTrue();
    assertThat(isEndedBehindCodes("0")).isFalse();
    assertThat(isEndedBehindCodes("f:")).isFalse();
  }

  private static boolean isEndedBehindCodes(String half) {
    Rig set = Rig.exactly("done-grace=2s,content-types=*");
    Guard guard = set.engine.open(Exchanges.of("POST", "http://h/chat", "text/plain"), set.abort);
    set.tick();
    read(guard, "0:\"a\"\nd:{\"finishReason\":\"stop\"}\n" + half);
    set.run(Duration.ofSeconds(3));
    return guard.isEnded();
  }

  @Test
  void plainTextGoesOnBehindADoneAlone() {
    Guard guard = rig.engine.open(Exchanges.to("http://h/text"), rig.abort);
    rig.tick();
    read(guard, "data: hello\n\ndata: [DONE]\n\ndata: p");

    rig.run(Duration.ofSeconds(100));

    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void halfOfTheLastMessageOfBedrockIsNotWaitedFor() {
    byte[] last = AwsMessage.event("metadata", "{\"usage\":{\"inputTokens\":1}}");
    byte[] next = AwsMessage.event("messageStart", "{\"role\":\"assistant\"}");
    Guard ending = converse(Arrays.copyOf(last, last.length - 9));
    Guard going = converse(Arrays.copyOf(next, next.length - 9));

    rig.run(Duration.ofSeconds(62));

    assertThat(ending.isEnded()).isTrue();
    assertThat(going.isDecided()).isFalse();
  }

  @Test
  void halfAChunkOfBedrockIsLookedInto() {
    assertThat(isEndedBehindChunk("{\"type\":\"ping\",\"more\":[]}")).isTrue();
    assertThat(isEndedBehindChunk("{\"type\":\"message_start\",\"message\":{}}")).isFalse();
  }

  private boolean isEndedBehindChunk(String next) {
    Guard guard =
        rig.engine.open(
            Exchanges.of(
                "POST",
                "http://h/model/m/invoke-with-response-stream",
                "application/vnd.amazon.eventstream"),
            rig.abort);
    rig.tick();
    come(guard, chunk("{\"type\":\"message_start\"}"));
    come(guard, chunk("{\"type\":\"message_stop\"}"));
    byte[] half = chunk(next);
    come(guard, Arrays.copyOf(half, half.length - 9));
    guard.awaiting();
    rig.run(Duration.ofSeconds(62));
    return guard.isEnded();
  }

  private static byte[] chunk(String event) {
    String bytes = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
    return AwsMessage.event("chunk", "{\"bytes\":\"" + bytes + "\"}");
  }

  private Guard converse(byte[] half) {
    Exchange exchange = Exchanges.of("POST", CONVERSE, "application/vnd.amazon.eventstream");
    Guard guard = rig.engine.open(exchange, rig.abort);
    rig.tick();
    come(guard, AwsMessage.event("messageStart", "{}"));
    come(guard, AwsMessage.event("messageStop", "{\"stopReason\":\"end_turn\"}"));
    come(guard, half);
    guard.awaiting();
    return guard;
  }

  private static void come(Guard guard, byte[] bytes) {
    guard.scan(bytes, 0, bytes.length);
    guard.arrived(bytes.length);
  }

  @Test
  void halfACommentAloneHasDeliveredNothing() {
    Rig brief = new Rig("idle=1s");
    Guard guard = brief.open();
    read(guard, ": prompt is being re");

    brief.run(Duration.ofMillis(1100));

    assertThat(guard.stallException(null)).hasMessageEndingWith("nothing delivered: safe to retry");
  }

  @Test
  void anEndThatRepeatsTheWholeIsNoContentBehindAMark() {
    Guard guard = rig.engine.open(Exchanges.to("http://h/v1/chat-messages"), rig.abort);
    rig.tick();
    read(guard, "data: {\"event\":\"message\",\"answer\":\"a\"}\n\n");
    read(guard, "data: {\"event\":\"workflow_finished\",\"data\":{\"text\":\"a\"}}\n\n");
    rig.run(Duration.ofSeconds(3));
    read(guard, "data: {\"event\":\"message_end\",\"metadata\":[{\"content\":\"b\"}]}\n\n");

    rig.run(Duration.ofSeconds(62));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void byteByByteItIsSeenTheSame() {
    Guard guard = chat("");
    for (byte b : "data: [DONE]\n".getBytes(UTF_8)) {
      come(guard, new byte[] {b});
    }
    guard.awaiting();

    rig.run(Duration.ofSeconds(62));

    assertThat(guard.isEnded()).isTrue();
  }
}
