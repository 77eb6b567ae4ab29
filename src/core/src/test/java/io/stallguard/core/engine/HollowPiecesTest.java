package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.body.AwsMessage;
import io.stallguard.core.body.Told;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** A place for a piece of an answer with nothing in it is none, in whatever dialect. */
class HollowPiecesTest {
  private static final String AWS = "application/vnd.amazon.eventstream";
  private static final String SSE = "text/event-stream";
  private static final String LINES = "application/x-ndjson";

  private static boolean isByLines(String path) {
    return path.equals("/api/chat") || path.equals("/api/generate") || path.equals("/v1/chat");
  }

  /** The data as it comes on such a path: by lines, as events, or in messages of AWS. */
  private static Told told(String path) {
    String type = isByLines(path) ? LINES : SSE;
    boolean isAws = path.startsWith("/model/");
    return new Told(Exchanges.of("POST", "https://api.example.com" + path, isAws ? AWS : type));
  }

  private static void come(Told told, String path, String data) {
    if (path.startsWith("/model/")) {
      String payload = path.contains("invoke") ? chunk(data) : data;
      String name = path.contains("invoke") ? "chunk" : "contentBlockDelta";
      byte[] bytes = AwsMessage.event(name, payload);
      told.chunk(bytes, 0, bytes.length);
    } else if (isByLines(path)) {
      told.scan(data + "\n");
    } else {
      told.scan(data.startsWith("{") ? "data: " + data + "\n\n" : named(data));
    }
  }

  private static String named(String data) {
    int at = data.indexOf('{');
    return "event: " + data.substring(0, at).trim() + "\ndata: " + data.substring(at) + "\n\n";
  }

  private static String chunk(String data) {
    byte[] bytes = data.getBytes(UTF_8);
    return "{\"bytes\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }

  @Test
  void countsOfGeminiWithinAnAnswerAreHeartbeats() {
    String path = "/v1beta/models/m:streamGenerateContent";
    String counts = "{\"usageMetadata\":{\"thoughtsTokenCount\":7}}";
    Told told = told(path);
    come(told, path, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}");

    come(told, path, counts);
    assertThat(told.events().progress()).isEqualTo(1);
    come(told, path, "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\"}]}");
    come(told, path, counts);

    assertThat(told.events().progress()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "hollow-pieces.csv", delimiter = '|', quoteCharacter = '`')
  void anEmptyPieceIsNoContentAndThenAHeartbeat(String path, String hollow, String filled) {
    Told told = told(path);

    come(told, path, hollow);
    assertThat(told.events().answer().hasContent()).isFalse();
    come(told, path, hollow);
    come(told, path, hollow);
    long progress = told.events().progress();
    come(told, path, hollow);
    assertThat(told.events().progress()).isEqualTo(progress);
    assertThat(told.events().answer().hasContent()).isFalse();

    come(told, path, filled);
    assertThat(told.events().answer().hasContent()).isTrue();
    assertThat(told.events().progress()).isEqualTo(progress + 1);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "hollow-pieces.csv", delimiter = '|', quoteCharacter = '`')
  void emptyPiecesAreHeartbeatsInAnAnswerToo(String path, String hollow, String filled) {
    Told told = told(path);
    for (int i = 0; i < 20; i++) {
      come(told, path, filled);
    }
    assertThat(told.events().progress()).isEqualTo(20);

    for (int i = 0; i < 400; i++) {
      come(told, path, hollow);
    }

    assertThat(told.events().progress()).isLessThanOrEqualTo(256);
    assertThat(told.events().heartbeats()).isGreaterThanOrEqualTo(164);
    come(told, path, filled);
    assertThat(told.events().lastIsHeartbeat()).isFalse();
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "hollow-pieces-behind-a-start.csv",
      delimiter = '|',
      quoteCharacter = '`')
  void anEmptyPieceBehindTheStartOfAnAnswerIsAHeartbeat(String path, String start, String hollow) {
    Told told = told(path);
    come(told, path, start);
    boolean hasContent = told.events().answer().hasContent();

    for (int i = 0; i < 9; i++) {
      come(told, path, hollow);
    }

    assertThat(told.events().progress()).isEqualTo(1);
    assertThat(told.events().heartbeats()).isEqualTo(9);
    assertThat(told.events().answer().hasContent()).isEqualTo(hasContent);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "filled-pieces.csv", delimiter = '|', quoteCharacter = '`')
  void whatHasAnythingInItIsContent(String path, String filled) {
    Told told = told(path);

    come(told, path, filled);
    come(told, path, filled);

    assertThat(told.events().answer().hasContent()).isTrue();
    assertThat(told.events().progress()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/messages | message_start {} | content_block_delta "
            + "{\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}",
        "/v1/chat/completions | {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}"
            + " | {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}]}",
        "/v1/chat | {\"event_type\":\"stream-start\",\"is_finished\":false}"
            + " | {\"event_type\":\"search-queries-generation\",\"is_finished\":false,"
            + "\"search_queries\":[]}",
        "/chat | {\"type\":\"start\",\"messageId\":\"m\"} | {\"type\":\"start-step\"}",
      })
  void itKeepsItsMinuteBeforeTheFirstContent(String path, String first, String second) {
    Rig rig = Rig.exactly("idle=10s");
    Guard guard = rig.engine.open(Exchanges.to("https://api.example.com" + path), rig.abort);
    rig.tick();
    for (String data : new String[] {first, second, second}) {
      read(guard, data.startsWith("{") ? "data: " + data + "\n\n" : named(data));
    }

    rig.run(Duration.ofSeconds(58));
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.stallException(null))
        .hasMessageStartingWith("idle limit of 60 s exceeded")
        .hasMessageEndingWith("nothing delivered: safe to retry");
  }

  @Test
  void emptyPiecesThatComeSlowlyAreHeartbeatsFromTheFirstOn() {
    String piece = "{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"%s\"}}";
    Rig rig = new Rig("event-idle=20s,idle=10s");
    Guard guard = rig.open();
    read(guard, named("content_block_delta" + String.format(piece, "a")));

    for (int i = 0; i < 25 && !guard.isDecided(); i++) {
      rig.run(Duration.ofSeconds(1));
      read(guard, named("content_block_delta" + String.format(piece, "")));
    }

    assertThat(guard.events().progress()).isEqualTo(1);
    assertThat(guard.stallException(null)).hasMessageStartingWith("event-idle limit of 20 s");
  }

  @Test
  void anEmptyStringInALineIsNone() {
    Told told = new Told(Exchanges.of("POST", "http://h/chat", "text/plain"));

    told.scan("f:{\"messageId\":\"m\"}\n0:\"\"\n0:\"\"\r\n");
    assertThat(told.events().answer().hasContent()).isFalse();
    assertThat(told.events().heartbeats()).isEqualTo(2);

    told.scan("0:\"\\\"\"\n0:\" \"\n");
    assertThat(told.events().answer().hasContent()).isTrue();
    assertThat(told.events().progress()).isEqualTo(3);
  }

  @Test
  void anEmptyPieceOfAConversationIsNoneEither() {
    Told told = told("/model/m/converse-stream");
    byte[] start = AwsMessage.event("messageStart");
    told.chunk(start, 0, start.length);

    come(told, "/model/", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"\"},\"p\":\"abcd\"}");
    assertThat(told.events().answer().hasContent()).isFalse();
    assertThat(told.events().progress()).isEqualTo(1);

    come(told, "/model/", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"a\"},\"p\":\"abcd\"}");
    assertThat(told.events().answer().hasContent()).isTrue();
  }

  @Test
  void aFirstEventOfOwnMakingIsContent() {
    Told told = told("/chat").scan("data: {\"type\":\"start\",\"data\":\"a\"}\n\n");

    assertThat(told.events().answer().hasContent()).isTrue();
  }

  @Test
  void anEmptyTextThatNobodyKnowsIsContent() {
    Told told = told("/own").scan("data: {\"text\":\"\"}\n\n");

    assertThat(told.events().answer().hasContent()).isTrue();
  }
}
