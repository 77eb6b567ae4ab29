package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What events mean beyond the forms of providers. */
class ReadingTest {
  private static final String CHUNK =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";

  private static Told chat() {
    return new Told(Exchanges.to("https://api.example.com/v1/chat/completions")).scan(CHUNK);
  }

  private static Told mcp(String method) {
    return new Told(Exchanges.of(method, "https://api.example.com/mcp", "text/event-stream"));
  }

  private static Told jsonl(EventNames names) {
    return new Told(Exchanges.of("POST", "http://h/lines", "application/jsonl"), names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {}",
        "data: ping",
        "data:Keep-Alive",
        "data: \"heartbeat\"",
        "event: message\ndata: PING",
        "data: {\"type\":\"ping\"}",
        "data: {\"type\":\"heartbeat\",\"n\":1}",
        "data: {\"event\":\"keep-alive\"}",
        "data: {\"id\":\"c\",\"choices\":[]}",
        "data: {\"id\":\"c\",\"choices\":null}",
        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":null}]}",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"tool_calls\":null}}]}",
        "event: anything\ndata: {}",
        "event: anything"
      })
  void aChatMayBeatLikeThis(String event) {
    Told told = chat().scan(event + "\n\n");

    assertThat(told.events().heartbeats()).isEqualTo(1);
    assertThat(told.events().progress()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"b\"}}]}",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}",
        "data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":null}]}",
        "data: {\"choices\":[],\"usage\":{\"total_tokens\":1}}",
        "data: {\"a\":{}}",
        "data: pinging",
        "data: a ping",
        "data: my-ping",
        "data: \"ping",
        "data: ping\"",
        "data: ping pong",
        "data: heart",
        "data: ping\ndata: ping",
        "event: output\ndata: ping",
        "data: 1"
      })
  void aChatGoesOnLikeThis(String event) {
    Told told = chat().scan(event + "\n\n");

    assertThat(told.events().heartbeats()).isZero();
    assertThat(told.events().progress()).isEqualTo(2);
  }

  @Test
  void aCommentInsideAnEventIsAPartOfIt() {
    Told told = chat().scan("data: 1\n: inside\n\n: between\n\n");

    assertThat(told.events().heartbeats()).isEqualTo(1);
  }

  @Test
  void aToolThatIsAskedForMakesTheAnswerWholeAndMarksNothing() {
    Told told =
        chat().scan("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.scan(CHUNK).events().answer().isTruncated()).isTrue();
  }

  @Test
  void anEndOnAnotherPathIsOneForWhoSetsAGrace() {
    Told told = new Told(Exchanges.to("https://relay.example.com/any"));
    told.scan("event: message_start\ndata: {\"message\":{\"role\":\"assistant\"}}\n\n");
    told.scan("event: message_stop\ndata: {}\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.scan(": alive\n\n").events().answer().isEnded()).isTrue();
    assertThat(told.scan("data: 1\n\n").events().answer().isEnded()).isFalse();
  }

  @Test
  void doneWithoutItsBlankLineMakesTheAnswerWhole() {
    assertThat(chat().scan("data: [DONE]").end().events().answer().isTruncated()).isFalse();
    assertThat(chat().scan("data: [DON").end().events().answer().isTruncated()).isTrue();
  }

  @Test
  void anOperatorsHeartbeatsTakeThePlaceOfWordsInTheDataToo() {
    EventNames own = new EventNames(List.of("tick"), EventNames.TERMINALS);

    Told told = new Told(Exchanges.reply(), own).scan("data: ping\n\n");

    assertThat(told.events().heartbeats()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"ping, 1, 0", "[DONE], 0, 1", "pong, 0, 1"})
  void aLineThatIsAStringMayBeOneToo(String word, int heartbeats, int progress) {
    Told told = jsonl(EventNames.STANDARD).scan("\"" + word + "\"\r\n");

    assertThat(told.events().heartbeats()).isEqualTo(heartbeats);
    assertThat(told.events().progress()).isEqualTo(progress);
    assertThat(told.events().isDone()).isEqualTo(word.equals("[DONE]"));
  }

  @Test
  void aFinishReasonFarIntoAnEventIsFound() {
    String far = "far ".repeat(2000);
    Told told =
        chat()
            .scan(
                "data: {\"choices\":[{\"delta\":{\"content\":\""
                    + far
                    + "\"},\"finish_reason\":\"stop\"}]}\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @Test
  void aWarningThatIsFollowedByAnAnswerIsTakenBack() {
    Told told = new Told(Exchanges.reply());
    told.scan("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"busy\"}}\n\n");
    assertThat(told.events().answer().error()).isEqualTo("busy");

    told.scan("event: message_start\ndata: {}\n\nevent: content_block_delta\ndata: {}\n\n");

    assertThat(told.events().answer().error()).isNull();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  @Test
  void aStreamThatShowsAnAnswerIsOpenUntilItsEnd() {
    Told told = new Told(Exchanges.subscription());
    assertThat(told.events().answer().isOpen()).isFalse();

    told.scan("event: message_start\ndata: {\"message\":{\"role\":\"assistant\"}}\n\n");
    told.scan("event: ping\ndata: {}\n\n");
    assertThat(told.events().answer().isOpen()).isTrue();

    told.scan("event: message_stop\ndata: {}\n\n");
    assertThat(told.events().answer().isOpen()).isFalse();

    told.scan("event: message_start\ndata: {}\n\n");
    assertThat(told.events().answer().isOpen()).isTrue();
  }

  @Test
  void callsNeverOpenAStreamAndOneThatCanBeResumedMayBreakOff() {
    String notice = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n";

    assertThat(mcp("GET").scan(notice).events().answer().isOpen()).isFalse();
    assertThat(mcp("POST").scan(notice).events().answer().isOpen()).isFalse();
    assertThat(mcp("GET").scan(notice).end().events().answer().isTruncated()).isFalse();
    assertThat(mcp("POST").scan(notice).end().events().answer().isTruncated()).isTrue();
    assertThat(mcp("POST").scan("id: 1\n" + notice).end().events().answer().isTruncated())
        .isFalse();
  }

  @Test
  void subscriptionsSayThatTheyAreSome() {
    String acknowledged =
        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}\n\n";

    assertThat(mcp("POST").scan(acknowledged).events().answer().isSubscription()).isTrue();
    assertThat(mcp("POST").scan("data: 1\n\n" + acknowledged).events().answer().isSubscription())
        .isFalse();
    assertThat(
            mcp("POST")
                .scan("event: next\ndata: {\"data\":1}\n\n")
                .events()
                .answer()
                .isSubscription())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "over | event: over~data: 1~~",
        "over | data: {\"type\":\"over\"}~~",
        "over | data: {\"event\":\"over\"}~~",
        "over | data: over~~",
        "\"over\":true | data: {\"a\":{\"over\":true}}~~",
        "\"state\":\"over\" | data: {\"state\":\"over\"}~~",
        "\"why\": | data: {\"why\":\"so\"}~~",
        "message_stop | event: message_stop~data: {}~~"
      })
  void anOperatorsTerminalEventMarksEverywhere(String item, String event) {
    EventNames names = new EventNames(EventNames.HEARTBEATS, List.of(item));
    Told told = new Told(Exchanges.to("https://relay.example.com/any"), names);

    told.scan("data: 1\n\n" + event.replace('~', '\n'));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.SHORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tick | event: tick~data: 1~~",
        "tick | data: {\"type\":\"tick\"}~~",
        "tick | data: tick~~",
        "\"alive\":true | data: {\"alive\":true}~~"
      })
  void anOperatorsHeartbeatIsOneEverywhere(String item, String event) {
    EventNames names = new EventNames(List.of(item), EventNames.TERMINALS);
    Told told = new Told(Exchanges.to("https://relay.example.com/any"), names);

    told.scan(event.replace('~', '\n'));

    assertThat(told.events().heartbeats()).isEqualTo(1);
  }

  @Test
  void aTurnThatAsksForAToolMayBeFollowedByAnother() {
    Told chat =
        new Told(Exchanges.to("https://api.example.com/v1/chat/completions"))
            .scan("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n")
            .scan("data: [DONE]\n\n");
    Told messages =
        new Told(Exchanges.to("https://api.example.com/v1/messages"))
            .scan("event: message_delta\ndata: {\"delta\":{\"stop_reason\":\"tool_use\"}}\n\n")
            .scan("event: message_stop\ndata: {}\n\n");

    assertThat(chat.events().answer().mark()).isEqualTo(Mark.LONG);
    assertThat(messages.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"typing", "mapping", "shipping", "Mapping", "REMAPPING"})
  void aNameThatMerelyEndsLikePingIsContent(String name) {
    Told told = chat().scan("event: " + name + "\ndata: {\"text\":\"a\"}\n\n");

    assertThat(told.events().heartbeats()).isZero();
    assertThat(told.events().answer().hasContent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ping", "server.ping", "agent-ping", "serverPing", "keep-alive", "x/PING"})
  void aPingMayHaveAWordBeforeIt(String name) {
    Told told = chat().scan("event: " + name + "\ndata: {\"text\":\"a\"}\n\n");

    assertThat(told.events().heartbeats()).isEqualTo(1);
  }

  @Test
  void anEndBehindAnErrorDoesNotTakeItBack() {
    Told chat =
        chat()
            .scan("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n")
            .scan("data: {\"error\":{\"type\":\"server_error\"}}\n\n")
            .scan("data: [DONE]\n\n");

    assertThat(chat.events().answer().error()).isEqualTo("server_error");
    assertThat(chat.events().answer().mark()).isEqualTo(Mark.SHORT);
    chat.scan("data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n");
    assertThat(chat.events().answer().error()).isNull();
  }

  @Test
  void doneIsCertainOnlyWhereADialectHasShownItself() {
    Told own =
        new Told(Exchanges.to("https://h.example/chat/rooms/5/messages"))
            .scan("data: {\"text\":\"a\"}\n\ndata: [DONE]\n\n");

    assertThat(own.events().answer().mark()).isEqualTo(Mark.LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":null,\"message\":null},\"text\":\"a\"}",
        "{\"error\":{\"code\":0,\"message\":\"\"},\"text\":\"a\"}"
      })
  void anErrorThatSaysThereIsNoneIsNone(String data) {
    Told told = chat().scan("data: " + data + "\n\n");

    assertThat(told.events().answer().error()).isNull();
    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
  }

  @Test
  void aSlashBehindAPathChangesNothing() {
    Told told =
        new Told(Exchanges.to("https://api.example.com/v1/messages/"))
            .scan("event: message_stop\ndata: {}\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.SHORT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}",
        "data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{\"content\":\"b"
      })
  void aFinishReasonInHalfAnEventMakesNothingWhole(String half) {
    Told first = chat().scan(half).end();
    Told later =
        chat().scan("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n").scan(half).end();
    Told ended = chat().scan("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n").end();

    assertThat(first.events().answer().isTruncated()).isTrue();
    assertThat(later.events().answer().isTruncated()).isTrue();
    assertThat(ended.events().answer().isTruncated()).isFalse();
  }

  @Test
  void anOperatorsListTakesThePlaceOfWhatDialectsSay() {
    EventNames own = new EventNames(EventNames.HEARTBEATS, List.of("over"));

    Told told = new Told(Exchanges.reply(), own).scan("event: message_stop\ndata: {}\n\n");

    assertThat(told.events().isDone()).isFalse();
    assertThat(told.events().answer().isTruncated()).isFalse();
  }

  @Test
  void wholeDataOfALineIsComparedToo() {
    Told told = jsonl(new EventNames(EventNames.HEARTBEATS, List.of("{\"end\":1}")));

    told.scan("{\"end\":2}\n{\"end\":1}\n");

    assertThat(told.log()).containsExactly("progress line", "terminal line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: 1~~ | server-sent events | 1",
        "event: a~data: 1~~ | server-sent events | 1",
        "id: 1~data: 1~~ | server-sent events | 1",
        "retry: 1~data: 1~~ | server-sent events | 1",
        "error: {}~~ | server-sent events | 1",
        ": hi~~data: 1~~ | server-sent events | 1",
        "{\"a\":1}~{\"a\":2}~ | JSON | 2",
        "[{\"a\":1},{\"a\":2}] | JSON | 2",
        "0:\"a\"~d:{}~ | coded lines | 2",
        "<html> | bytes only | 0",
        "dates: 1 | bytes only | 0",
        "hello | bytes only | 0"
      })
  void whatTheMediaTypeDoesNotSayTheFirstBytesDo(String text, String name, int events) {
    Told told = new Told(Exchanges.of("POST", "http://h/", "text/plain"));

    told.scan(text.replace('~', '\n')).end();

    assertThat(told.format().name()).isEqualTo(name);
    assertThat(told.events().progress()).isEqualTo(events);
  }

  @Test
  void whiteSpaceBeforeADocumentIsAHeartbeat() {
    Told told = new Told(Exchanges.of("POST", "http://h/", "application/json"));

    told.scan("   \n\n");
    assertThat(told.events().heartbeats()).isEqualTo(5);

    told.scan("{\n  \"a\": [1, {}]\n}");
    assertThat(told.events().heartbeats()).isEqualTo(5);
    assertThat(told.events().progress()).isEqualTo(1);
  }
}
