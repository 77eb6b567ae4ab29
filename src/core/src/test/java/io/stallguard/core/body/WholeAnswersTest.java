package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes an answer whole, and what only looks as if it did. */
class WholeAnswersTest {
  private static final String CHUNK =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";

  private static Told chat() {
    return at("/v1/chat/completions").scan(CHUNK);
  }

  private static Told at(String path) {
    return new Told(Exchanges.to("https://api.example.com" + path));
  }

  @Test
  void severalChoicesAreWholeWhenEachHasFinished() {
    Told told = chat().scan(CHUNK.replace("\"index\":0", "\"index\":1"));

    told.scan("data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{},\"index\":0}]}\n\n");
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().answer().isTruncated()).isTrue();

    told.scan(CHUNK.replace("\"index\":0", "\"index\":1"));
    told.scan("data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(told.events().answer().isTruncated()).isFalse();

    told.scan(CHUNK);
    told.scan("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @Test
  void severalCandidatesAreWholeWhenEachHasFinished() {
    String both = "{\"content\":{},\"index\":0},{\"content\":{},\"index\":1}";
    Told told = at("/m:streamGenerateContent");
    told.scan("data: {\"candidates\":[" + both + "]}\n\n");

    told.scan(
        "data: {\"candidates\":["
            + both.replaceFirst("\\{}", "{},\"finishReason\":\"STOP\"")
            + "]}\n\n");
    assertThat(told.events().answer().isTruncated()).isTrue();

    told.scan("data: {\"candidates\":[{\"finishReason\":\"STOP\",\"index\":1}]}\n\n");
    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @Test
  void severalChoicesInLongEventsAreToldApartByWhatComesFirst() {
    String id = "data: {\"id\":\"c\",\"choices\":[{\"index\":";
    String far =
        ",\"delta\":{\"content\":\""
            + "far ".repeat(2000)
            + "\"},\"finish_reason\":\"stop\"}]}\n\n";
    Told told = at("/v1/chat/completions");

    whole(told, id + "0,\"delta\":{\"content\":\"a\"}}]}\n\n");
    whole(told, id + "1,\"delta\":{\"content\":\"a\"}}]}\n\n");
    whole(told, id + "1" + far);
    assertThat(told.events().answer().isTruncated()).isTrue();

    whole(told, id + "0" + far);
    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  private static void whole(Told told, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    told.chunk(bytes, 0, bytes.length);
  }

  @Test
  void doneEndsSeveralChoicesAtOnce() {
    Told told = chat().scan(CHUNK.replace("\"index\":0", "\"index\":1")).scan("data: [DONE]\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(told.events().answer().isTruncated()).isFalse();
  }

  @Test
  void aToolThatOneChoiceAsksForIsAskedForAtTheEndOfAll() {
    Told told = chat().scan(CHUNK.replace("\"index\":0", "\"index\":1"));

    told.scan(CHUNK.replace("null", "\"tool_calls\"")).scan("data: {\"choices\":[]}\n\n");
    told.scan(CHUNK.replace("\"index\":0", "\"index\":1").replace("null", "\"stop\""));
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().answer().isTruncated()).isFalse();

    assertThat(told.scan("data: [DONE]\n\n").events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tool_calls\":[{\"index\":1,\"function\":{}}]},\"index\":0",
        "\"content\":\"b\"},\"index\":16"
      })
  void anIndexOfSomethingElseIsNoChoice(String rest) {
    Told told = chat().scan("data: {\"choices\":[{\"delta\":{" + rest + "}]}\n\n");

    told.scan("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/m:streamGenerateContent | {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":"
            + "{\"args\":{\"finishReason\":\"STOP\"}}}]}}]}",
        "/m:streamGenerateContent | {\"candidates\":[{\"content\":{},"
            + "\"args\":{\"finishReason\":\"STOP\"}}]}",
        "/v1/chat/completions | {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":"
            + "{\"arguments\":{\"finish_reason\":\"stop\"}}}]}}]}",
        "/v1/chat/completions | {\"choices\":[{\"input\":{\"finish_reason\":\"stop\"},"
            + "\"delta\":{\"content\":\"a\"}}]}"
      })
  void whatIsSaidToAToolIsNoFinishReason(String path, String data) {
    Told told = at(path).scan("data: " + data + "\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().answer().isTruncated()).isTrue();
  }

  @Test
  void aTurnOfBedrocksThatAsksForAToolMayBeFollowedByAnother() {
    assertThat(converse("end_turn").events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(converse("tool_use").events().answer().mark()).isEqualTo(Mark.LONG);
  }

  private static Told converse(String reason) {
    Told told =
        new Told(
            Exchanges.of(
                "POST", "http://h/model/m/converse-stream", "application/vnd.amazon.eventstream"));
    for (byte[] message :
        List.of(
            AwsMessage.event("messageStart", "{}"),
            AwsMessage.event("messageStop", "{\"stopReason\":\"" + reason + "\"}"),
            AwsMessage.event("metadata", "{\"usage\":{}}"))) {
      told.scan(message, 0, message.length);
    }
    return told;
  }

  @ParameterizedTest
  @CsvSource({"COMPLETE, SHORT", "TOOL_CALL, LONG"})
  void aTurnOfCoheresThatAsksForAToolMayBeFollowedByAnother(String reason, Mark mark) {
    Told second =
        at("/v2/chat")
            .scan(
                "event: message-end\ndata: {\"delta\":{\"finish_reason\":\"" + reason + "\"}}\n\n");
    Told first =
        lines("/v1/chat").scan("{\"is_finished\":true,\"finish_reason\":\"" + reason + "\"}\n");

    assertThat(second.events().answer().mark()).isEqualTo(mark);
    assertThat(first.events().answer().mark()).isEqualTo(mark);
  }

  @Test
  void callsBeforeAnEndAreAskedForAtTheEnd() {
    Told cohere = lines("/v1/chat");
    cohere.scan("{\"is_finished\":false,\"tool_calls\":[{\"name\":\"a\"}]}\n");
    cohere.scan("{\"is_finished\":true,\"finish_reason\":\"COMPLETE\"}\n");

    assertThat(cohere.events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(ollama("[{\"function\":{}}]").events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(ollama("[]").events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(ollamasTurn(ollama("[{}]"), "[]").events().answer().mark()).isEqualTo(Mark.SHORT);
  }

  private static Told lines(String path) {
    return new Told(Exchanges.of("POST", "https://api.example.com" + path, "application/x-ndjson"));
  }

  private static Told ollama(String calls) {
    return ollamasTurn(lines("/api/chat"), calls);
  }

  private static Told ollamasTurn(Told told, String calls) {
    String line =
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"content\":\"\"%s},\"done\":%s}\n";
    return told.scan(String.format(line, ",\"tool_calls\":" + calls, false))
        .scan(String.format(line, "", false))
        .scan(String.format(line, "", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "unload"})
  void thatAModelWasLoadedIsAllThatIsSaid(String reason) {
    Told told = lines("/api/generate");
    told.scan(
        "{\"model\":\"m\",\"created_at\":\"t\",\"response\":\"\",\"done\":true,\"done_reason\":\""
            + reason
            + "\"}\n");

    assertThat(told.events().progress()).isEqualTo(1);
    assertThat(told.events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(told.end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/m:streamGenerateContent | {'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},"
            + "'usageMetadata':{'promptTokenCount':4},'responseId':'r'}",
        "/m:streamGenerateContent | {'promptFeedback':{'blockReason':'OTHER'}}",
        "/api/v1/responses | {'type':'response.created','sequence_number':0,"
            + "'response':{'id':'r','object':'response'}}~"
            + "{'type':'response.done','response':{'id':'r','object':'response','status':'completed'}}",
      })
  void soAreOtherEnds(String path, String said) {
    Told told = at(path);
    for (String data : said.split("~")) {
      told.scan("data: " + data.replace('\'', '"') + "\n\n");
    }

    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(told.end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}~~",
        "/m:streamGenerateContent | data: {\"candidates\":[{\"index\":0,\"finishReason\":\"ERROR\"}]}~~",
        "/v2/chat | event: message-end~data: {\"delta\":{\"finish_reason\":\"ERROR\"}}~~",
        "/v2/chat | data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\"}}~~"
      })
  void anEndByErrorIsTheProviders(String path, String event) {
    Told told = at(path).scan(event.replace('~', '\n'));

    assertThat(told.events().answer().error()).isEqualTo("error");
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @Test
  void noneIsNoReasonForAnEnd() {
    Told told = chat().scan(CHUNK.replace("null", "\"None\""));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().answer().isTruncated()).isTrue();
  }

  @Test
  void whatSpringSendsByGetIsAReply() {
    Told told = new Told(Exchanges.of("GET", "http://h/chat", "text/event-stream"));
    told.scan(
        "data: {\"result\":{\"metadata\":{\"finishReason\":null},\"output\":"
            + "{\"messageType\":\"ASSISTANT\",\"text\":\"a\"}}}\n\n");

    assertThat(told.events().answer().isOpen()).isTrue();
    assertThat(told.events().answer().hasContent()).isTrue();
  }
}
