package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesFormatTest {
  private final Told told = told();

  private static Told told() {
    return new Told(Exchanges.of("POST", "http://h/api/chat", "application/x-ndjson"));
  }

  @Test
  void eachDocumentIsAnEventAndTheLastOneTheEnd() {
    told.scan(line("\"a\":1,\"done\":false") + line("\"done\" : true , \"b\":[1,{\"c\":2}]"));

    assertThat(told.log()).containsExactly("progress line", "terminal line");
    assertThat(told.events().answer().isShown()).isTrue();
  }

  /** A line as Ollama has them. */
  private static String line(String keys) {
    return "{\"model\":\"m\",\"created_at\":\"t\"," + keys + "}\n";
  }

  @Test
  void blankLinesAndEmptyObjectsAreHeartbeats() {
    told.scan("{\"a\":1}\n\n \r\n{}\n{ }\n{\"type\":\"ping\"}\n");

    assertThat(told.log())
        .containsExactly(
            "progress line",
            "heartbeat blank line",
            "heartbeat blank line",
            "heartbeat line",
            "heartbeat line",
            "heartbeat line");
  }

  @Test
  void doneOfOtherLinesThanOllamasIsNoEnd() {
    told.scan("{\"id\":2,\"title\":\"b\",\"done\":true}\n");

    assertThat(told.log()).containsExactly("progress line");
    assertThat(told.end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"m\":{\"done\":true}}",
        "{\"m\":\"\\\"done\\\":true\"}",
        "{\"m\":\"x\\\\\",\"n\":\"\\\"done\\\":true\"}",
        "{\"m\":[\"done\",true]}",
        "[\"x\",\"done\",true]",
        "[{\"done\":true}]",
        "{\"done\":\"true\"}",
        "{\"done\":truely}",
        "{\"done\":tru}",
        "{\"done\":false}",
        "{\"undone\":true}",
        "{\"donee\":true}",
        "{\"done\\u0020\":true}",
        "{\"a\":\"done\",\"b\":true}",
        "{\"done\":1,\"b\":true}",
        "true",
        "\"done\""
      })
  void doneElsewhereIsNotTheEnd(String document) {
    told.scan(document + "\n");

    assertThat(told.log()).containsExactly("progress line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"done\":true",
        "\"m\":{\"content\":\"{\"},\"done\":true",
        "\"m\":\"\\\\\",\"done\":true,\"x\":null",
        "\t\"done\"\t:\ttrue\r",
        "\"m\":[[],{},\"]\"],\"done\":true,\"done_reason\":\"stop\""
      })
  void doneOfTheOutermostObjectIsTheEnd(String keys) {
    told.scan(line(keys));

    assertThat(told.log()).containsExactly("terminal line");
  }

  @Test
  void aDocumentCountsWhenItsLastBraceComes() {
    told.scan(line("\"done\":true").trim());

    assertThat(told.log()).containsExactly("terminal line");
    assertThat(told.scan("\n").log()).hasSize(1);
  }

  @Test
  void aWordWithoutALineEndCountsWhenTheBodyEnds() {
    told.scan("{\"a\":1}\n17");

    assertThat(told.end().log()).containsExactly("progress line", "progress line");
  }

  @Test
  void anErrorIsMarkedWhereverItComes() {
    told.scan(line("\"done\":false") + "{\"error\":\"boom\"}\n");

    assertThat(told.log()).containsExactly("progress line", "terminal error");
    assertThat(told.events().answer().error()).isEqualTo("error");
    assertThat(told().scan("{\"error\":{\"code\":1}}\n").log()).containsExactly("terminal error");
    assertThat(told().scan("{\"error\":null}\n").log()).containsExactly("progress line");
    assertThat(told().scan("{\"a\":1}\n{\"error\":\"x\"}\n").log())
        .containsExactly("progress line", "terminal error");
  }

  @Test
  void documentsNeedNoLineEndBetweenThem() {
    told.scan("{\"a\":1}{\"b\":2}\r{\"c\":3} [4]");

    assertThat(told.log())
        .containsExactly("progress line", "progress line", "progress line", "progress line");
  }

  @Test
  void aBrokenLineDoesNotSpoilTheNextOne() {
    told.scan("{\"a\":\"never closed, {{{\n" + line("\"done\":true"));

    assertThat(told.log()).containsExactly("progress line", "terminal line");
  }

  @Test
  void recordsOfATextSequenceAreDocuments() {
    Told sequence = new Told(Exchanges.of("POST", "http://h/", "application/json-seq"));

    sequence.scan("\u001e{\"a\":1}\n\u001e{\"b\":2}\n");

    assertThat(sequence.log()).containsExactly("progress line", "progress line");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    Told told = new Told(Exchanges.of("POST", "http://h/", "application/jsonl"));

    told.scan("\uFEFF{\"a\":1}\n");

    assertThat(told.log()).containsExactly("progress line");
  }

  @Test
  void anOperatorsOwnKeyIsTheEnd() {
    EventNames names = new EventNames(List.of(), List.of("\"finished\":true"));
    Told own = new Told(Exchanges.of("POST", "http://h/", "application/jsonl"), names);

    own.scan(line("\"done\":true") + "{\"finished\":true}\n");

    assertThat(own.log()).containsExactly("progress line", "terminal line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {}", "<html>", "event: x"})
  void bytesThatAreNoJsonAreWatchedAsBytes(String text) {
    told.scan(text);

    assertThat(told.contradicted()).isTrue();
  }
}
