package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

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
    told.scan("{\"a\":1,\"done\":false}\n{\"done\" : true , \"b\":[1,{\"c\":2}]}\n");

    assertThat(told.log()).containsExactly("progress line", "terminal done");
    assertThat(told.events().answer().isShown()).isTrue();
  }

  @Test
  void blankLinesAreHeartbeats() {
    told.scan("{}\n\n \r\n{}\n");

    assertThat(told.log())
        .containsExactly(
            "progress line", "heartbeat blank line", "heartbeat blank line", "progress line");
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
        "{\"done\":true}",
        "{\"m\":{\"content\":\"{\"},\"done\":true}",
        "{\"m\":\"\\\\\",\"done\":true,\"x\":null}",
        "  {\t\"done\"\t:\ttrue\r}",
        "{\"m\":[[],{},\"]\"],\"done\":true,\"done_reason\":\"stop\"}"
      })
  void doneOfTheOutermostObjectIsTheEnd(String document) {
    told.scan(document + "\n");

    assertThat(told.log()).containsExactly("terminal done");
  }

  @Test
  void aDocumentCountsWhenItsLastBraceComes() {
    told.scan("{\"done\":true}");

    assertThat(told.log()).containsExactly("terminal done");
    assertThat(told.scan("\n").log()).hasSize(1);
  }

  @Test
  void aWordWithoutALineEndCountsWhenTheBodyEnds() {
    told.scan("{\"a\":1}\n17");

    assertThat(told.end().log()).containsExactly("progress line", "progress line");
  }

  @Test
  void anErrorEndsAStreamThatShowedItselfOrBeginsWithIt() {
    told.scan("{\"done\":false}\n{\"error\":\"boom\"}\n");

    assertThat(told.log()).containsExactly("progress line", "terminal error");
    assertThat(told().scan("{\"error\":{\"code\":1}}\n").log()).containsExactly("terminal error");
    assertThat(told().scan("{\"error\":null}\n").log()).containsExactly("progress line");
    assertThat(told().scan("{}\n{\"error\":\"x\"}\n").log())
        .containsExactly("progress line", "progress line");
  }

  @Test
  void aBrokenLineDoesNotSpoilTheNextOne() {
    told.scan("{\"a\":\"never closed, {{{\n{\"done\":true}\n");

    assertThat(told.log()).containsExactly("progress line", "terminal done");
  }

  @Test
  void recordsOfATextSequenceAreDocuments() {
    Told sequence = new Told(Exchanges.of("POST", "http://h/", "application/json-seq"));

    sequence.scan("\u001e{\"a\":1}\n\u001e{\"b\":2}\n");

    assertThat(sequence.log()).containsExactly("progress line", "progress line");
  }

  @Test
  void anOperatorsOwnKeyIsTheEnd() {
    EventNames names = new EventNames(List.of(), List.of("\"finished\":true"));
    Told own = new Told(Exchanges.of("POST", "http://h/", "application/jsonl"), names);

    own.scan("{\"done\":true}\n{\"finished\":true}\n");

    assertThat(own.log()).containsExactly("progress line", "terminal done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {}", "<html>", "event: x"})
  void bytesThatAreNoJsonAreWatchedAsBytes(String text) {
    told.scan(text);

    assertThat(told.contradicted()).isTrue();
  }
}
