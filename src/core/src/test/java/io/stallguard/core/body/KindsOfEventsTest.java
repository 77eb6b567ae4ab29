package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events are progress, which only say that the stream is alive, and which are an end. */
class KindsOfEventsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String WHOLE =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: [DONE]\n\n";
  private static final String ROLE =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
          + "\"finish_reason\":null}]%s}\n\n";

  private static Told told(String path) {
    return new Told(Exchanges.to("https://api.example.com" + path));
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | message | {\"choices\":[{\"finish_reason\":null,\"index\":0,"
            + "\"delta\":{\"role\":\"assistant\",\"content\":null}}],"
            + "\"prompt_progress\":{\"total\":100,\"processed\":@}}",
        "/completion | message | {\"index\":0,\"content\":\"\",\"stop\":false,"
            + "\"prompt_progress\":{\"total\":100,\"processed\":@}}",
        "/v1/responses | response.output_item.added | {\"item\":{\"id\":\"ws_@\"}}",
        "/v1/responses | message | {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"ws_@\"}}",
        "/v3/chat | conversation.message.completed | {\"content\":\"call @\"}",
        "/v1/messages | content_block_start | {\"content_block\":{\"id\":\"t@\"}}",
        "/v1/messages | message_start | {\"message\":{\"id\":\"m@\"}}",
        "/api/generate | message | {\"model\":\"m\",\"created_at\":\"t\",\"response\":\"\","
            + "\"completed\":@,\"total\":20,\"done\":false}",
        "/v1/messages | message_delta | {\"type\":\"message_delta\",\"delta\":"
            + "{\"stop_reason\":null},\"usage\":{\"output_tokens\":@}}",
        "/v1/chat/completions | message | {\"choices\":[],\"usage\":{\"completion_tokens\":@}}",
      })
  void whatCountsUpIsProgress(String path, String name, String data) {
    Told told = nine(path, name, data);

    assertThat(told.events().heartbeats()).isZero();
    assertThat(told.events().progress()).isEqualTo(9);
    assertThat(told.events().answer().hasContent()).isFalse();
  }

  /** Nine of an event, counted in its data where that has a place for it. */
  private static Told nine(String path, String name, String data) {
    Told told = told(path);

    for (int i = 1; i <= 9; i++) {
      told.scan(event(name, data.replace("@", String.valueOf(i))));
    }
    return told;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/messages | message_start | {\"message\":{\"id\":\"m\"}}",
        "/v1/messages | message | {\"type\":\"message_start\",\"message\":{\"id\":\"m1\"}}",
        "/v1/responses | response.in_progress | {\"sequence_number\":@,\"response\":{\"id\":\"r1\"}}",
        "/v3/chat | conversation.chat.in_progress | {\"conversation_id\":\"1\",\"time\":@}",
        "/v1/threads/t/runs | thread.run.in_progress | {\"id\":\"run_1\"}",
        "/v1/chat/completions | message | {\"choices\":[{\"index\":0,\"delta\":null,"
            + "\"finish_reason\":null}]}",
        "/generate_stream | message | {\"index\":@,\"token\":{\"id\":@,\"text\":\"\","
            + "\"logprob\":-0.@,\"special\":false},\"generated_text\":null,\"details\":null}",
        "/generate_stream | message | {\"index\":7,\"token\":{\"id\":7,\"text\":\"\"},"
            + "\"generated_text\":null}",
        "/completion | message | {\"content\":\"\",\"stop\":false,\"tokens\":[@],"
            + "\"tokens_predicted\":@}",
        "/x/ai/run/@cf/m | message | {\"response\":\"\",\"tool_calls\":[],"
            + "\"usage\":{\"completion_tokens\":@}}",
      })
  void whatRepeatsItselfIsAHeartbeat(String path, String name, String data) {
    Told told = nine(path, name, data);

    assertThat(told.events().progress()).isEqualTo(1);
    assertThat(told.events().heartbeats()).isEqualTo(8);
  }

  @Test
  void anAnswerThatBeginsAsTheOneBeforeItIsAnother() {
    Told told = new Told(Exchanges.reply());
    String start = event("message_start", "{\"message\":{}}");

    told.scan(start + event("message_stop", "{}") + start);

    assertThat(told.events().progress()).isEqualTo(3);
    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/workflows/run | {\"event\":\"workflow_started\",\"task_id\":\"t\"}"
            + " | {\"event\":\"workflow_paused\",\"task_id\":\"t\"} | LONG",
        "/chat | {\"type\":\"text-start\",\"id\":\"0\"} | {\"type\":\"abort\",\"reason\":\"r\"} | NONE",
        "/v1/responses | {\"type\":\"response.created\"} | {\"type\":\"response.cancelled\"} | LONG",
      })
  void anAnswerThatIsGivenUpIsOver(String path, String first, String last, Mark mark) {
    Told told = told(path).scan("data: " + first + "\n\n");
    assertThat(told.events().answer().isTruncated()).isTrue();

    told.scan("data: " + last + "\n\n").end();

    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.events().answer().mark()).isEqualTo(mark);
  }

  @Test
  void aRoleBehindAnEndIsTheBeginOfAnotherAnswer() {
    Told another = told(CHAT).scan(WHOLE).scan(String.format(ROLE, ""));
    Told usage = told(CHAT).scan(WHOLE).scan(String.format(ROLE, ",\"usage\":{\"cost\":1}"));
    Told finished = told(CHAT).scan(WHOLE.replace("data: [DONE]\n\n", ""));
    finished.scan(String.format(ROLE, ""));

    assertThat(another.end().events().answer().isTruncated()).isTrue();
    assertThat(usage.end().events().answer().isTruncated()).isFalse();
    assertThat(usage.events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(finished.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(finished.end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "da", "data", "data:", "data: ", "data: {", "i", ": a", "\n", "e"})
  void aCutBehindTheNameOfABeginIsTold(String behind) {
    String begun = "event: message_start\n" + behind.replace("\n", "");
    Told first = new Told(Exchanges.reply()).scan(begun).end();
    Told second =
        new Told(Exchanges.reply())
            .scan(event("message_start", "{}") + event("message_stop", "{}") + begun)
            .end();

    assertThat(first.events().answer().isTruncated()).isTrue();
    assertThat(second.events().answer().isTruncated()).isTrue();
  }

  @Test
  void halfANameIsNone() {
    Told told = new Told(Exchanges.reply()).scan("event: message_start").end();

    assertThat(told.events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":500} | 500",
        "{\"error\":429,\"message\":\"slow\"} | 429",
        "{\"choices\":[],\"x_groq\":{\"id\":\"q\",\"error\":\"over_capacity\"}} | error",
        "{\"choices\":[],\"x_groq\":{\"error\":{\"type\":\"busy\"}}} | busy",
      })
  void anErrorMayBeANumberOrStandBeside(String data, String name) {
    Told told = told(CHAT).scan("data: " + data + "\n\n");

    assertThat(told.events().answer().error()).isEqualTo(name);
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":0}",
        "{\"error\":200}",
        "{\"error\":0.05}",
        "{\"error\":1}",
        "{\"choices\":[],\"x_groq\":{\"error\":null}}",
        "{\"choices\":[],\"x_groq\":{\"usage\":{\"error\":\"x\"}}}",
      })
  void whatIsNoErrorIsNone(String data) {
    assertThat(told(CHAT).scan("data: " + data + "\n\n").events().answer().error()).isNull();
  }

  @Test
  void aNumberInAStreamOfNoProviderIsACount() {
    Told told = told("/own").scan("data: {\"error\":500,\"ok\":900}\n\n");

    assertThat(told.events().answer().error()).isNull();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
  }
}
