package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cut answers of dialects, in whatever framing, and streams that merely look like some. */
class LookalikesTest {
  private static final String GEMINI =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}%s}]}";
  private static final String PIECE = String.format(GEMINI, "");
  private static final String LAST = String.format(GEMINI, ",\"finishReason\":\"STOP\"");
  private static final String FAR = "far ".repeat(2500);

  private static Told events(String path) {
    return new Told(Exchanges.to("https://api.example.com" + path));
  }

  private static Told gemini(String type) {
    return new Told(
        Exchanges.of("POST", "https://api.example.com/v1/m:streamGenerateContent", type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"text\":\"red\"},{\"text\":\"green\"}]}",
        "{\"choices\":[{\"message\":\"pick one\"}]}",
        "{\"candidates\":[{\"name\":\"Bob\"}]}",
        "{\"model\":\"car\",\"epoch\":1,\"done\":false}",
        "{\"output\":\"text\",\"request_id\":\"r\"}",
        "{\"results\":[{\"generated_text\":\"a\"}]}",
        "{\"is_finished\":false,\"progress\":10}",
        "{\"event\":\"node_started\",\"id\":1}",
        "{\"event\":\"text_chunk\",\"text\":\"a\"}",
        "{\"type\":\"STEP_STARTED\",\"step\":1}",
        "{\"type\":\"response.chunk\",\"text\":\"a\"}",
        "{\"type\":\"response.delta\",\"text\":\"a\"}",
        "{\"type\":\"thread.updated\",\"title\":\"a\"}",
        "{\"type\":\"thread.message.created\",\"text\":\"a\"}",
        "{\"content\":\"a\",\"stop\":false}",
        "{\"type\":\"text-delta\"}",
        "{\"type\":\"text-delta\",\"delta\":\"a\"}",
        "{\"type\":\"start\"}",
        "{\"type\":\"start\",\"data\":\"a\"}",
        "{\"type\":\"text-start\",\"runId\":\"r\",\"from\":\"AGENT\"}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
        "{\"model\":\"quiz\",\"choices\":[\"a\",\"b\"]}",
        "{\"object\":\"question\",\"choices\":[{\"text\":\"red\"},{\"text\":\"green\"}]}",
        "{\"candidates\":[{\"name\":\"Bob\",\"role\":\"dev\",\"content\":\"a cv\"}]}",
        "{\"candidates\":[]}",
        "{\"model\":\"car\",\"done\":false}",
        "{\"model\":\"car\",\"created_at\":\"t\",\"message\":\"queued\",\"done\":false}",
        "{\"model\":\"car\",\"response\":\"a\",\"done\":false}",
        "{\"text\":\"a\",\"is_finished\":false}",
        "{\"event\":\"message\",\"answer\":\"a\"}",
        "{\"event\":\"workflow_started\",\"workflow\":\"w\"}",
        "{\"token\":\"t\",\"generated_text\":null}",
        "{\"type\":\"message-start\",\"id\":1}",
        "{\"type\":\"chat.start\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"log\",\"params\":{}}",
        "{\"generation\":\"third\",\"stop_reason\":null}",
        "{\"outputs\":[{\"text\":\"a\"}]}",
        "{\"messageStart\":{\"role\":\"assistant\"}}",
        "{\"type\":\"message_start\",\"mail\":1}",
        "{\"type\":\"message_start\",\"message\":\"hello\"}",
        "{\"type\":\"content_block\",\"html\":\"a\"}",
        "{\"type\":\"content_block_delta\",\"html\":\"b\"}",
        "{\"type\":\"content-delta\",\"index\":1,\"delta\":{\"html\":\"b\"}}",
        "{\"type\":\"response.created\",\"form\":1}",
        "{\"type\":\"conversation.response.started\",\"room\":1}",
        "{\"event_type\":\"stream-start\",\"channel\":1}",
        "{\"is_finished\":false,\"text\":\"dishes\"}",
        "{\"event_type\":\"upload\",\"is_finished\":false}",
        "{\"event_type\":\"upload\",\"is_finished\":false,\"text\":\"a\"}",
        "{\"type\":\"RUN_STARTED\"}",
        "{\"type\":\"RUN_STARTED\",\"build\":3}",
        "{\"type\":\"RUN_STARTED\",\"build\":3,\"runId\":\"r\"}",
        "{\"type\":\"start\",\"step\":1}",
        "{\"type\":\"start-step\"}",
        "{\"type\":\"start\",\"messageId\":\"m\"}",
        "{\"event\":\"workflow_started\",\"task_id\":\"7\"}",
        "{\"token\":{\"id\":1,\"text\":\"abc\"},\"generated_text\":null}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"votes\":3}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[\"a\",\"b\"]}}]}",
        "{\"results\":[{\"generated_text\":\"x\",\"stop_reason\":\"not_finished\"}]}",
        "{\"type\":\"thread.run.created\",\"room\":1}",
        "{\"type\":\"conversation.chat.created\",\"room\":1}",
        "{\"response\":\"a\"}",
        "{\"response\":\"a\",\"p\":\"abdefgh\"}",
        "{\"response\":\"\",\"tool_calls\":[],\"usage\":{\"total_tokens\":1}}",
      })
  void whatMerelyLooksLikeADialectIsNotToldTruncated(String data) {
    Told events = events("/stream").scan("data: " + data + "\n\n").scan("data: " + data + "\n\n");
    Told lines = new Told(Exchanges.of("POST", "http://h/stream", "application/x-ndjson"));
    lines.scan(data + "\n" + data + "\n");

    assertThat(events.end().events().answer().isTruncated()).isFalse();
    assertThat(lines.end().events().answer().isTruncated()).isFalse();
    assertThat(byGet(data).events().answer().isOpen()).isFalse();
  }

  private static Told byGet(String data) {
    return new Told(Exchanges.of("GET", "http://h/stream", "text/event-stream"))
        .scan("data: " + data + "\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":0,\"content\":\"a\",\"stop\":false,\"id_slot\":1,\"tokens_predicted\":1}",
        "{\"type\":\"text-start\",\"id\":\"0\"}",
        "{\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
        "{\"choices\":[{\"text\":\"a\",\"index\":0,\"finish_reason\":null}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"content\":\"a\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"response\":\"a\",\"done\":false}",
        "{\"text\":\"a\",\"is_finished\":false,\"event_type\":\"text-generation\"}",
        "{\"event\":\"message\",\"task_id\":\"t\",\"answer\":\"a\"}",
        "{\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"r\"}",
        "{\"event\":\"workflow_started\",\"task_id\":\"t\",\"workflow_run_id\":\"r\"}",
        "{\"token\":{\"id\":1,\"text\":\"a\",\"logprob\":0,\"special\":false},"
            + "\"generated_text\":null}",
        "{\"type\":\"message-start\",\"id\":\"x\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}",
      })
  void whatSaysEnoughIsKnownOnAnyPath(String data) {
    Told events = events("/stream").scan("data: " + data + "\n\n");

    assertThat(events.end().events().answer().isTruncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message_start",
        "content_block_start",
        "content_block_delta",
        "response.created",
        "response.output_text.delta",
        "thread.run.created",
        "conversation.chat.created",
        "message-start",
        "workflow_started",
        "RUN_STARTED",
        "start-step"
      })
  void aNameAloneShowsNothing(String name) {
    String event = "event: " + name + "\ndata: {\"room\":5}\n\n";
    Told text = events("/stream").scan("event: " + name + "\ndata: hello\n\n").end();

    assertThat(events("/stream").scan(event).end().events().answer().isShown()).isFalse();
    assertThat(text.events().answer().isShown()).isFalse();
    assertThat(events("/rooms/5/messages").scan(event).end().events().answer().isShown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/rooms/5/messages | event: message_stop~data: {\"room\":5}~~",
        "/rooms/5/messages | data: {\"type\":\"message_stop\",\"room\":5}~~",
        "/completion | data: {\"content\":\"line 7\",\"stop\":true}~~",
        "/v1/chat | data: {\"is_finished\":true,\"task\":\"a\"}~~",
        "/v1/chat | data: {\"event_type\":\"upload\",\"is_finished\":true,\"file\":\"a\"}~~",
        "/v2/chat | data: {\"event_type\":\"typing\",\"user\":\"b\",\"is_finished\":false}~~"
            + "data: {\"event_type\":\"text\",\"text\":\"hi\",\"is_finished\":true}~~",
        "/v1/chat | data: {\"event_type\":\"text\",\"text\":\"a\",\"is_finished\":false}~~"
            + "data: {\"event_type\":\"answer\",\"is_finished\":true}~~",
        "/x/invoke-with-response-stream | data: {\"event_type\":\"upload\",\"is_finished\":true}~~",
        "/survey/responses | event: response.completed~data: {\"survey\":5}~~",
        "/code/completions | data: {\"choices\":[{\"label\":\"a\",\"finish_reason\":\"stop\"}]}~~",
        "/poems/generation | data: {\"output\":{\"poem\":\"a\",\"finish_reason\":\"stop\"}}~~",
      })
  void anEndOfOnesOwnIsNoneOnAPathThatEndsLikeAProviders(String path, String event) {
    Told told = events(path).scan("data: {\"n\":1}\n\n" + event.replace('~', '\n'));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().isDone()).isFalse();
  }

  @Test
  void norDoesANameInDataBehindOtherEvents() {
    Told told = events("/rooms/5/messages").scan("data: {\"n\":1}\n\n");

    told.scan("data: {\"type\":\"content_block_delta\",\"room\":5}\n\n".repeat(3)).end();

    assertThat(told.events().answer().isShown()).isFalse();
  }

  @Test
  void aStepBehindAStartOfOnesOwnShowsNothing() {
    Told told = events("/stream").scan("data: {\"type\":\"start\",\"step\":1}\n\n");

    told.scan("data: {\"type\":\"start-step\"}\n\n").end();

    assertThat(told.events().answer().isShown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"start\"}\n\ndata: {\"type\":\"start-step\"}",
        "{\"type\":\"start\",\"messageId\":\"m\"}\n\ndata: {\"type\":\"start-step\"}"
      })
  void aMessageForAUserInterfaceHasBegun(String data) {
    Told told = events("/stream").scan("data: " + data + "\n\n").end();

    assertThat(told.events().answer().isTruncated()).isTrue();
  }

  @Test
  void halfANoticeOfOwnMakingIsNotToldTruncated() {
    String notice = "data: {\"jsonrpc\":\"2.0\",\"method\":\"log\",\"params\":{}}\n\n";

    for (int end = 0; end < notice.length(); end++) {
      Told told = events("/stream").scan(notice).scan(notice.substring(0, end)).end();
      assertThat(told.events().answer().isTruncated()).as("cut at %s", end).isFalse();
    }
  }

  @Test
  void aFeedThatStartsIsNoReplyThatAnErrorEnds() {
    Told feed = new Told(Exchanges.of("GET", "http://h/feed", "text/event-stream"));

    feed.scan("data: {\"type\":\"start\"}\n\ndata: {\"type\":\"error\",\"job\":7}\n\n");

    assertThat(feed.events().answer().isOpen()).isFalse();
    assertThat(feed.events().answer().mark()).isEqualTo(Mark.NONE);
  }

  @Test
  void aPartOfATextCountsBehindItsBeginOnly() {
    String part = "data: {\"type\":\"text-delta\",\"delta\":\"a\"}\n\n";
    String finish = "data: {\"type\":\"finish\"}\n\n";
    Told alike = events("/stream").scan("data: {\"type\":\"start\"}\n\n" + finish);
    Told own = events("/stream").scan("data: {\"type\":\"start\",\"n\":\"1\"}\n\n" + part);
    Told real = events("/stream").scan("data: {\"type\":\"start\"}\n\n" + part);

    assertThat(own.end().events().answer().isTruncated()).isFalse();
    assertThat(real.end().events().answer().isTruncated()).isTrue();
    assertThat(alike.end().events().answer().isShown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat-messages | {\"event\":\"message\",\"task_id\":\"t\",\"answer\":\"a\"}",
        "/v1/chat/completions | {\"choices\":[{\"message\":{\"content\":\"a\"},"
            + "\"finish_reason\":null}]}",
        "/v1/m:generateContent | {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
      })
  void anAnswerThatIsOneDocumentIsWhole(String path, String data) {
    Exchange exchange = Exchanges.of("POST", "http://h" + path, "application/json");

    Told one = new Told(exchange).scan(data + "\n").end();
    Told half = new Told(exchange).scan(data.substring(0, data.length() - 2)).end();
    Told list = new Told(exchange).scan("[" + data + "]").end();

    assertThat(one.events().answer().isTruncated()).isFalse();
    assertThat(half.events().answer().isTruncated()).isTrue();
    assertThat(list.events().answer().isTruncated()).isTrue();
  }

  @Test
  void linesOfTextThatAreNumberedAreNoCodedLines() {
    Told told = new Told(Exchanges.of("POST", "http://h/", "text/plain"));

    told.scan("1: first\n2: second\n").end();

    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.format().name()).isEqualTo("bytes only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json-seq", "application/x-ndjson", "application/jsonl", "text/plain"})
  void anArrayOfAnswersIsReadWhateverItsMediaType(String type) {
    String pieces = "[" + PIECE + ",\n" + PIECE;
    String pretty = "[\n" + PIECE.replace("{", "{\n  ") + "\n,\r\n" + PIECE;

    for (String cut : new String[] {pieces, pretty, pieces + ",\n{\"cand", "[" + PIECE + "\n]"}) {
      Told told = gemini(type).scan(cut).end();
      assertThat(told.events().answer().isTruncated()).as(cut).isTrue();
    }
    Told whole = gemini(type).scan(pieces + ",\n" + LAST + "]\n").end();
    assertThat(whole.events().answer().isTruncated()).isFalse();
    assertThat(whole.events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(whole.events().progress()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"messageStart, {}", "chunk, '{\"bytes\":\"eyJ0eXBlIjoibWVzc2FnZV9zdGFydCJ9\"}'"})
  void aFirstMessageOfBedrocksThatIsCutIsToldTruncated(String name, String payload) {
    byte[] bytes = AwsMessage.event(name, payload);
    Told told =
        new Told(
            Exchanges.of(
                "POST",
                "http://h/invoke-with-response-stream",
                "application/vnd.amazon.eventstream"));

    told.chunk(bytes, 0, bytes.length - 3);

    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  @Test
  void aLineThatIsAListOfOtherThingsIsOneEvent() {
    Told told = new Told(Exchanges.of("POST", "http://h/", "application/jsonl"));

    told.scan("[\"a\",\n[]\n[ 1,2]\n[[{}]]\n[\"b\"]\n");

    assertThat(told.events().progress()).isEqualTo(5);
    assertThat(told.format().isBetweenEvents()).isTrue();
  }

  @Test
  void aTextSequenceInRecordsIsStillOne() {
    Told told = gemini("application/json-seq");

    told.scan("\u001e" + PIECE + "\n\u001e" + PIECE + "\n").end();

    assertThat(told.events().progress()).isEqualTo(2);
    assertThat(told.events().answer().isTruncated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | {\"choices\":[{\"delta\":{\"content\":\"FAR\"},"
            + "\"finish_reason\":\"stop\"}]} | LONG",
        "/api/v1/generation | {\"output\":{\"text\":\"FAR\",\"finish_reason\":\"stop\"},"
            + "\"usage\":{},\"request_id\":\"r\"} | LONG",
        "/completion | {\"index\":0,\"content\":\"FAR\",\"tokens_predicted\":9,\"stop\":true} | SHORT",
        "/v1/messages | {\"message\":{\"text\":\"FAR\"},\"type\":\"message_stop\"} | SHORT",
        "/v1/responses | {\"response\":{\"output\":[{\"text\":\"FAR\"},{\"text\":\"FAR\"}]},"
            + "\"type\":\"response.completed\"} | LONG",
        "/generate_stream | {\"details\":\"FAR\",\"token\":{\"text\":\"a\","
            + "\"logprob\":0,\"special\":false},"
            + "\"generated_text\":\"FAR\"} | SHORT",
      })
  void whatDecidesMayStandBehindALongText(String path, String data, Mark mark) {
    String event = "data: " + data.replace("FAR", FAR) + "\n\n";
    byte[] bytes = event.getBytes(UTF_8);

    for (int cut = 1; cut < bytes.length; cut += 97) {
      Told told = events(path);
      told.chunk(bytes, 0, cut);
      told.chunk(bytes, cut, bytes.length);
      told.end();
      assertThat(told.events().answer().mark()).as("cut at %s", cut).isEqualTo(mark);
      assertThat(told.events().answer().isTruncated()).as("cut at %s", cut).isFalse();
    }
  }

  @Test
  void anErrorMayStandBehindALongText() {
    String event =
        "data: {\"choices\":[{\"delta\":{\"content\":\""
            + FAR
            + "\"}}],\"error\":{\"code\":null,\"message\":\"boom\"}}\n\n";

    assertThat(events("/v1/chat/completions").scan(event).events().answer().error())
        .isEqualTo("error");
  }
}
