package io.stallguard.core;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.Mark;
import io.stallguard.core.body.Told;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says of its failure, and what may stand behind that. */
class ProviderErrorsTest {
  private static final String CHAT = "https://api.example.com/v1/chat/completions";
  private static final String CHUNK =
      "data: {\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String OLLAMA =
      "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"content\":\"%s\"},\"done\":%s}\n";

  private static Told chat() {
    return new Told(Exchanges.to(CHAT)).scan(CHUNK);
  }

  private static Told ollama() {
    return new Told(Exchanges.of("POST", "https://h.example/api/chat", "application/x-ndjson"));
  }

  private static String line(String content, boolean done) {
    return String.format(OLLAMA, content, done);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"code\":null,\"message\":\"boom\"}} | error",
        "{\"error\":{\"code\":0,\"message\":\"boom\"}} | error",
        "{\"error\":{\"message\":\"boom\",\"type\":null,\"param\":null,\"code\":null}} | error",
        "{\"error\":{\"message\":\"boom\"}} | error",
        "{\"error\":{\"detail\":\"boom\"}} | error",
        "{\"error\":{\"code\":null,\"inner\":{\"text\":\"boom\"}}} | error",
        "{\"error\":[{\"message\":\"boom\"}]} | error",
        "{\"error\":[\"boom\"]} | error",
        "{\"error\":\"boom\"} | error",
        "{\"error\":true,\"message\":\"boom\"} | error",
        "{\"error\":{\"code\":500}} | 500",
        "{\"error\":{\"type\":\"server_error\",\"code\":null}} | server_error",
        "{\"error\":{\"type\":\"server_error\",\"code\":\"null\"}} | server_error",
        "{\"error\":{\"type\":\"None\",\"code\":\"c1\",\"message\":\"boom\"}} | c1",
        "{\"object\":\"error\",\"message\":\"boom\",\"type\":\"BadRequestError\",\"code\":400}"
            + " | BadRequestError, 400",
        "{\"object\":\"error\",\"message\":\"boom\",\"type\":null,\"code\":null} | error",
        "{\"choices\":[{\"index\":0,\"error\":{\"code\":null,\"message\":\"boom\"}}]} | error",
      })
  void anyTextInAnErrorIsOne(String data, String name) {
    Told told = chat().scan("data: " + data + "\n\n");
    assertThat(told.events().answer().error()).isEqualTo(name);
    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);

    told.scan(DONE);
    assertThat(told.events().answer().error()).isEqualTo(name);

    Told early = new Told(Exchanges.to(CHAT)).scan("data: " + data + "\n\n");
    assertThat(early.events().answer().error()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"error\":null",
        "\"error\":{}",
        "\"error\":[]",
        "\"error\":\"\"",
        "\"error\":false",
        "\"error\":0",
        "\"error\":\"null\"",
        "\"error\":\"None\"",
        "\"error\":{\"code\":0,\"message\":\"success\"}",
        "\"error\":{\"code\":null,\"type\":null,\"message\":null}",
        "\"error\":{\"code\":\"0\",\"message\":\"\",\"more\":{\"a\":[]}}",
        "\"object\":\"errors\"",
        "\"tool\":{\"error\":\"boom\"}",
        "\"arguments\":{\"error\":{\"message\":\"boom\"}}",
        "\"choices\":[{\"delta\":{\"content\":\"error\",\"error\":{\"a\":\"b\"}}}]",
      })
  void whatSaysNothingIsNone(String member) {
    Told told = chat().scan("data: {\"id\":\"c\"," + member + "}\n\n");

    assertThat(told.events().answer().error()).isNull();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rest"})
  void anEndBehindAnErrorStaysAnErrorWhateverItBrings(String rest) {
    Told told = ollama().scan(line("half", false)).scan("{\"error\":\"boom\"}\n");

    told.scan(line("", false)).scan(line(rest, true));

    assertThat(told.events().answer().error()).isEqualTo("error");
    assertThat(told.events().answer().mark()).isEqualTo(Mark.SHORT);
    assertThat(told.scan(line(rest, true)).events().answer().error()).isEqualTo("error");
  }

  @Test
  void anEmptyEndBehindAnErrorThatCameFirstIsNoAnswer() {
    Told told = ollama().scan("{\"error\":\"boom\"}\n");

    assertThat(told.scan(line("", true)).events().answer().error()).isEqualTo("error");
    assertThat(told.scan(line("whole", true)).events().answer().error()).isNull();
  }

  @Test
  void contentBehindAnErrorMakesItAWarning() {
    Told told = ollama().scan(line("half", false)).scan("{\"error\":\"slow\"}\n");

    told.scan(line("more", false));

    assertThat(told.events().answer().error()).isNull();
    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  @Test
  void whatIsNoPieceOfTheDialectTakesNoErrorBack() {
    Told told = chat().scan("data: {\"error\":\"boom\"}\n\n");

    told.scan("data: {\"status\":\"closing\"}\n\ndata: bye\n\n").scan(DONE);

    assertThat(told.events().answer().error()).isEqualTo("error");
    assertThat(told.scan(CHUNK).events().answer().error()).isNull();
  }

  @Test
  void theEndOfOneOfSeveralChoicesTakesNoErrorBack() {
    Told told = chat().scan(CHUNK.replace("\"index\":0", "\"index\":1"));

    told.scan("data: {\"error\":{\"message\":\"boom\"}}\n\n")
        .scan("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
        .scan(DONE);

    assertThat(told.events().answer().error()).isEqualTo("error");
  }

  @Test
  void anEndThatCountsItsTokensTakesNoErrorBack() {
    Told told =
        new Told(Exchanges.to("https://api.example.com/v2/chat"))
            .scan("event: message-start\ndata: {\"type\":\"message-start\"}\n\n")
            .scan("event: content-delta\ndata: {\"type\":\"content-delta\"}\n\n")
            .scan("data: {\"error\":{\"message\":\"boom\"}}\n\n");

    told.scan(
        "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":"
            + "{\"finish_reason\":\"COMPLETE\",\"usage\":{\"output_tokens\":5}}}\n\n");

    assertThat(told.events().answer().error()).isEqualTo("error");
  }

  @Test
  void anErrorIsWaitedForEverywhereThoughAnEndFollows() {
    Told told = new Told(Exchanges.of("POST", "http://h/relay", "application/x-ndjson"));

    told.scan(line("half", false)).scan("{\"error\":\"boom\"}\n").scan(line("", true));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":null,\"message\":\"boom\"}}",
        "{\"error\":{\"message\":\"boom\"}}",
        "{\"object\":\"error\",\"message\":\"boom\",\"code\":400}"
      })
  void halfAnAnswerBeforeAnErrorNeverEndsNormally(String error) {
    Rig rig = Rig.exactly("");
    Guard guard = rig.engine.open(Exchanges.to(CHAT), rig.abort);
    rig.tick();
    read(guard, CHUNK + "data: " + error + "\n\n" + DONE);

    rig.run(Duration.ofSeconds(6));

    assertThat(guard.isEnded()).isFalse();
    assertThat(guard.stallException(null)).hasMessageContaining(" after the provider's error ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"half\"},\"finish_reason\":\"error\"}]}",
        "{\"error\":{\"code\":502,\"message\":\"boom\"},"
            + "\"choices\":[{\"delta\":{\"content\":\"half\"},\"finish_reason\":\"error\"}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"half\"}}],\"error\":{\"message\":\"boom\"}}",
        "{\"choices\":[{\"text\":\"half\",\"finish_reason\":\"error\"}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"half\"}]},"
            + "\"finishReason\":\"ERROR\"}]}",
        "{\"token\":{\"text\":\"half\"},\"error\":\"boom\"}",
        "{\"event\":\"error\",\"answer\":\"half\"}"
      })
  void contentInTheEventOfTheErrorWasDelivered(String data) {
    assertThat(message(data)).endsWith("partial content delivered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":502,\"message\":\"boom\",\"text\":\"no\"},\"model\":\"m\","
            + "\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"finish_reason\":\"error\"}]}",
        "{\"error\":{\"message\":\"boom\",\"content\":\"no\"}}"
      })
  void anErrorAloneHasDeliveredNothing(String data) {
    assertThat(message(data)).endsWith("nothing delivered: safe to retry");
  }

  private static String message(String data) {
    Rig rig = Rig.exactly("done-grace=1s");
    Guard guard = rig.engine.open(Exchanges.to(CHAT), rig.abort);
    rig.tick();
    read(guard, "data: " + data + "\n\n" + DONE);
    rig.run(Duration.ofMillis(1500));
    return guard.stallException(null).getMessage();
  }
}
