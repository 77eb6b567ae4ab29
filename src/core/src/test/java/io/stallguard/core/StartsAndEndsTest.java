package io.stallguard.core;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.Told;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several answers at a time of which the events do not say to which one they belong. */
class StartsAndEndsTest {
  private static final String MESSAGES = "https://relay.example/v1/messages";
  private static final Duration SHORT_GRACE = Duration.ofSeconds(6);
  private static final Duration LONG_GRACE = Duration.ofSeconds(63);
  private static final Duration NEARLY_IDLE = Duration.ofSeconds(290);

  /** S begins one, c is a piece, f a finish reason, t one that asks for a tool, e the end. */
  private static String messages(String said) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < said.length(); i++) {
      text.append("data: ").append(message(said.charAt(i), i)).append("\n\n");
    }
    return text.toString().replace('\'', '"');
  }

  private static String message(char what, int number) {
    switch (what) {
      case 'S':
        return "{'type':'message_start','message':{'id':'msg_" + number + "','role':'assistant'}}";
      case 'c':
        return "{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}}";
      case 'f':
        return "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}";
      case 't':
        return "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}";
      case 'e':
        return "{'type':'message_stop'}";
      case '!':
        return "{'type':'error','error':{'type':'overloaded_error','message':'m'}}";
      default:
        return "[DONE]";
    }
  }

  private static Guard open(Rig rig, String uri, String type, String text) {
    Guard guard = rig.engine.open(Exchanges.of("POST", uri, type), rig.abort);
    rig.tick();
    read(guard, text);
    return guard;
  }

  private static Guard open(Rig rig, String text) {
    return open(rig, MESSAGES, "text/event-stream", text);
  }

  private static boolean isCut(String uri, String type, String text) {
    Told told = new Told(Exchanges.of("POST", uri, type));
    return told.scan(text).end().events().answer().isCutShort();
  }

  private static boolean isCut(String text) {
    return isCut(MESSAGES, "text/event-stream", text);
  }

  /** The other one may go on, or have been given up for the one that ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ScScfe",
        "SScfe",
        "ScSe",
        "ScScf",
        "ScScScfefe",
        "ScfeScScfe",
        "ScScfeScfe",
        "ScScfe.",
        "ScSc."
      })
  void anEndWhileAnotherHasBegunIsNone(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, messages(said));

    rig.run(NEARLY_IDLE);
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(15));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
    assertThat(isCut(messages(said))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ScScfec", "ScScfefScfec"})
  void whatGoesOnBehindItIsCut(String said) {
    assertThat(isCut(messages(said))).isTrue();
  }

  /** In turn, side by side, with an end that is left out, or one more end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Scfe",
        "ScfeScfe",
        "ScScfecfe",
        "ScScfefe",
        "ScfScfe",
        "ScSceScee",
        "cfe",
        "Scfe.",
        "ScScfe.cfe."
      })
  void theLastEndIsOne(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, messages(said));

    rig.run(SHORT_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(isCut(messages(said))).isFalse();
  }

  @Test
  void anErrorEndsAllOfThem() {
    Rig rig = Rig.exactly("");
    Guard failed = open(rig, messages("ScSc!"));
    Guard anew = open(rig, messages("ScSc!Scfe"));

    rig.run(LONG_GRACE);

    assertThat(failed.stallException(null)).hasMessageContaining("provider's error overloaded");
    assertThat(anew.isEnded()).isTrue();
  }

  @Test
  void aTurnThatAsksForAToolIsFollowedByAnother() {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, messages("ScteScfe"));

    rig.run(SHORT_GRACE);

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void aBeginThatIsRepeatedIsOne() {
    String start = messages("S");
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, start + ": alive\n\n" + start + messages("cfe"));

    rig.run(SHORT_GRACE);

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void aSetGraceWaitsForAllOfThem() {
    Rig rig = Rig.exactly("done-grace=2s");
    Guard one = open(rig, messages("ScScfe"));
    Guard all = open(rig, messages("ScScfefe"));

    rig.run(Duration.ofSeconds(5));

    assertThat(one.isDecided()).isFalse();
    assertThat(all.isEnded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v2/chat | text/event-stream | data: {'type':'message-start','delta':{'message':{}}}~~"
            + "|data: {'type':'content-delta','delta':{'message':{'content':{'text':'a'}}}}~~"
            + "|data: {'type':'message-end','delta':{'finish_reason':'COMPLETE'}}~~",
        "/v1/chat | application/x-ndjson | {'event_type':'stream-start','is_finished':false}~"
            + "|{'event_type':'text-generation','is_finished':false,'text':'a'}~"
            + "|{'event_type':'stream-end','is_finished':true,'finish_reason':'COMPLETE'}~",
        "/v3/chat | text/event-stream | event: conversation.chat.created~data: {'id':'1'}~~"
            + "|event: conversation.message.delta~data: {'id':'2','content':'a'}~~"
            + "|event: conversation.chat.completed~data: {'id':'1'}~~",
        "/api/v1/chat | text/event-stream | data: {'type':'chat.start'}~~"
            + "|data: {'type':'message.delta','content':'a'}~~"
            + "|data: {'type':'chat.end'}~~",
        "/v1/conversations | text/event-stream | data: {'type':'conversation.response.started'}~~"
            + "|data: {'type':'message.output.delta','content':'a'}~~"
            + "|data: {'type':'conversation.response.done'}~~"
      })
  void whateverTheDialect(String path, String type, String start, String piece, String end) {
    String uri = "https://relay.example" + path;
    String one = bytes(start + piece + start + piece + end);
    Rig rig = Rig.exactly("");
    Guard first = open(rig, uri, type, one);
    Guard both = open(rig, uri, type, one + bytes(piece + end));

    rig.run(LONG_GRACE);

    assertThat(first.isDecided()).isFalse();
    assertThat(both.isEnded()).isTrue();
    assertThat(isCut(uri, type, one)).isFalse();
    assertThat(isCut(uri, type, one + bytes(piece))).isTrue();
    assertThat(isCut(uri, type, one + bytes(piece + end))).isFalse();
  }

  private static String bytes(String text) {
    return text.replace('\'', '"').replace('~', '\n');
  }

  /** Thoughts, texts, steps and the states of a run begin too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/runs | event: thread.run.created~data: {'id':'r'}~~event: thread.run.queued~"
            + "data: {'id':'r'}~~event: thread.run.in_progress~data: {'id':'r'}~~"
            + "event: thread.run.completed~data: {'id':'r'}~~",
        "/v1/chat-messages | data: {'event':'agent_thought','task_id':'t','thought':'a'}~~"
            + "data: {'event':'agent_message','task_id':'t','answer':'a'}~~"
            + "data: {'event':'agent_thought','task_id':'t','thought':'b'}~~"
            + "data: {'event':'message_end','task_id':'t'}~~"
      })
  void whatIsNoAnswerIsNotCounted(String path, String text) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, "https://h" + path, "text/event-stream", bytes(text));

    rig.run(LONG_GRACE);

    assertThat(guard.isEnded()).isTrue();
  }

  /** Letters are models: a piece of an answer of each, with a 1 its end. */
  private static String lines(String said) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < said.length(); i++) {
      boolean isEnd = i + 1 < said.length() && said.charAt(i + 1) == '1';
      text.append("{'model':'m").append(said.charAt(i)).append("','created_at':'2026-01-01',");
      text.append("'message':{'role':'assistant','content':'a'},'done':")
          .append(isEnd)
          .append("}~");
      i += isEnd ? 1 : 0;
    }
    return bytes(text.toString());
  }

  private static final String OLLAMA = "http://relay.example/api/chat";
  private static final String NDJSON = "application/x-ndjson";

  @ParameterizedTest
  @ValueSource(strings = {"ABA1", "ABAB1", "AABBA1", "AABB1"})
  void anotherModelIsAnotherAnswer(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, OLLAMA, NDJSON, lines(said));

    rig.run(NEARLY_IDLE);

    assertThat(guard.isDecided()).isFalse();
    assertThat(isCut(OLLAMA, NDJSON, lines(said))).isEqualTo(!said.equals("AABB1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A1", "AA1AA1", "AA1BB1", "AB1", "ABB1", "ABA1B1", "ABABB1A1", "AAAB1"})
  void theEndOfAllModelsIs(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, OLLAMA, NDJSON, lines(said));

    rig.run(SHORT_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(isCut(OLLAMA, NDJSON, lines(said))).isFalse();
  }

  /** Digits are numbers of completions: a piece of each, with an e its end, with a p its prompt. */
  private static String completions(String said) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < said.length(); i++) {
      char what = i + 1 < said.length() ? said.charAt(i + 1) : ' ';
      text.append("data: {'index':").append(said.charAt(i)).append(",'content':'a','tokens':[7],");
      text.append(what == 'p' ? "'prompt_progress':{'total':9,'processed':" + i + "}," : "");
      text.append("'stop':").append(what == 'e').append(",'tokens_predicted':3,'model':'m'}~~");
      i += what == 'e' || what == 'p' ? 1 : 0;
    }
    return bytes(text.toString());
  }

  private static final String COMPLETION = "http://relay.example/completion";

  @ParameterizedTest
  @ValueSource(
      strings = {"010e", "01010e", "0120e1e", "0123231e0e2e", "0e1", "0p1p00e", "012344e0e1e2e"})
  void anotherNumberIsAnotherCompletion(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, COMPLETION, "text/event-stream", completions(said));

    rig.run(NEARLY_IDLE);

    assertThat(guard.isDecided()).isFalse();
    boolean areMoreThanFollowed = said.contains("4");
    assertThat(isCut(COMPLETION, "text/event-stream", completions(said)))
        .isEqualTo(!areMoreThanFollowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00e", "010e1e", "0120e2e11e", "0e1e", "0e11e", "0p1p01e0e"})
  void theEndOfAllCompletionsIs(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, COMPLETION, "text/event-stream", completions(said));

    rig.run(SHORT_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(isCut(COMPLETION, "text/event-stream", completions(said))).isFalse();
  }

  /** Where answers have ids it is those that count, also in chunks that have none. */
  @Test
  void aModelIsNoIdOfAChat() {
    String uri = "https://relay.example/v1/chat/completions";
    String bare = "data: {'model':'m','choices':[{'index':0,'delta':{'content':'a'}}]}~~";
    String named = "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'a'}}]}~~";
    String end = "data: {'model':'n','id':'c','choices':[{'index':0,'finish_reason':'stop'}]}~~";
    Rig rig = Rig.exactly("");
    String text = bytes(named + bare + named + bare + named + end);
    Guard guard = open(rig, uri, "text/event-stream", text);

    rig.run(LONG_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(isCut(uri, "text/event-stream", text)).isFalse();
  }
}
