package io.stallguard.core;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed by GET goes on behind what ends an answer, or looks like one's end. */
class FeedEndsTest {
  private static final String PIECE =
      "data: {'id':'c','object':'chat.completion.chunk','choices':[{'index':0,"
          + "'delta':{'content':'a'},'finish_reason':null}]}~~";
  private static final String FINISH =
      "data: {'id':'c','object':'chat.completion.chunk','choices':[{'index':0,"
          + "'delta':{},'finish_reason':'stop'}]}~~";
  private static final String DONE = "data: [DONE]~~";

  private static Guard feed(Rig rig, String path, String text) {
    Exchange exchange = Exchanges.of("GET", "https://h.example" + path, "text/event-stream");
    Guard guard = rig.engine.open(exchange, rig.abort);
    rig.tick();
    read(guard, text.replace('\'', '"').replace('~', '\n'));
    return guard;
  }

  private static void isLeftAlone(String path, String text) {
    Rig rig = Rig.exactly("");
    Guard guard = feed(rig, path, text);

    rig.run(Duration.ofHours(1));

    assertThat(guard.isDecided()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {'t':'a'}~~" + DONE,
        DONE,
        "data: a~~" + DONE,
        PIECE + FINISH + DONE + PIECE + FINISH + DONE,
      })
  void doneOfAFeedIsNoEnd(String text) {
    isLeftAlone("/own/stream", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {PIECE + DONE, PIECE + FINISH + DONE})
  void doneOfTheOneAnswerByGetIs(String text) {
    Rig rig = Rig.exactly("");
    Guard guard = feed(rig, "/own/stream", text);

    rig.run(Duration.ofSeconds(63));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void aSetGraceGoesByDoneEverywhere() {
    Rig rig = Rig.exactly("done-grace=2s");
    Guard guard = feed(rig, "/own/stream", "data: {'t':'a'}~~" + DONE);

    rig.run(Duration.ofSeconds(3));

    assertThat(guard.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {'type':'RUN_STARTED'}~~data: {'type':'LOG','line':'x'}~~",
        "data: {'type':'start'}~~data: {'type':'finish-step'}~~data: {'type':'log'}~~",
        "event: RUN_STARTED~data: hello~~",
      })
  void wordsOfARunAreOfNoAnswer(String text) {
    isLeftAlone("/own/stream", text);
  }

  /** Nobody has to say [DONE]. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        PIECE + FINISH,
        PIECE
            + "data: {'id':'c','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}~~",
        "data: {'output':{'text':'a','finish_reason':'stop'},'request_id':'r'}~~",
      })
  void aFeedWhoseAnswerHasFinishedIsOneAgain(String text) {
    isLeftAlone("/own/stream", text);
  }

  @Test
  void oneThatGoesOnIsAnAnswer() {
    Rig rig = Rig.exactly("");
    Guard guard = feed(rig, "/own/stream", PIECE + FINISH + PIECE);

    rig.run(Duration.ofSeconds(304));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aRunWhoseTextComesIsAnAnswer() {
    Rig rig = Rig.exactly("");
    String run =
        "data: {'type':'RUN_STARTED'}~~data: {'type':'TEXT_MESSAGE_CONTENT','delta':'a'}~~";
    Guard guard = feed(rig, "/own/stream", run);

    rig.run(Duration.ofSeconds(304));

    assertThat(guard.isStalled()).isTrue();
  }
}
