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

/** Several answers in one stream at a time: the end of one is not the end of the others. */
class SideBySideTest {
  private static final String CHAT = "https://relay.example/v1/chat/completions";
  private static final Duration LONG_GRACE = Duration.ofSeconds(63);

  /** Letters are ids: a piece of each, with a 1 its end; a point is [DONE], a ! an error. */
  private static String chats(String said) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < said.length(); i++) {
      boolean isEnd = i + 1 < said.length() && said.charAt(i + 1) == '1';
      boolean isError = i + 1 < said.length() && said.charAt(i + 1) == '!';
      text.append("data: ").append(chat(said.charAt(i), isEnd, isError)).append("\n\n");
      i += isEnd || isError ? 1 : 0;
    }
    return text.toString();
  }

  private static String chat(char id, boolean isEnd, boolean isError) {
    if (id == '.') {
      return "[DONE]";
    }
    String begin = "{\"id\":\"chatcmpl-" + id + "\",\"object\":\"chat.completion.chunk\",";
    if (isError) {
      return begin + "\"error\":{\"type\":\"server_error\"}}";
    }
    return begin
        + "\"choices\":[{\"index\":0,\"delta\":"
        + (isEnd ? "{},\"finish_reason\":\"stop\"}]}" : "{\"content\":\"a\"}}]}");
  }

  private static Guard chat(Rig rig, String said) {
    Guard guard = rig.engine.open(Exchanges.to(CHAT), rig.abort);
    rig.tick();
    read(guard, chats(said));
    return guard;
  }

  private static boolean isCut(String said) {
    return new Told(Exchanges.to(CHAT)).scan(chats(said)).end().events().answer().isCutShort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABA1", "ABAB1", "ABABA1.", "ABCABC1A1", "AABBA1", "AABBAB1", "ABA1C1"})
  void theEndOfOneIsNone(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = chat(rig, said);

    rig.run(Duration.ofSeconds(290));
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(15));

    assertThat(guard.stallException(null))
        .hasMessageStartingWith("idle limit of 300 s exceeded")
        .hasMessageEndingWith("partial content delivered");
    assertThat(isCut(said)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABA1B1",
        "ABABA1B1",
        "ABABA1.B1.",
        "ABCABCA1C1B1",
        "ABA1CBC1B1",
        "ABABCDABCDA1B1C1D1",
        "ABA1B1CCC1",
        "ABAB1A1",
        "A1BABA1B1",
        "ABA..",
      })
  void theEndOfAllIs(String said) {
    isWholeAndEnds(said);
  }

  /**
   * Another id in each chunk, or in the first and the last one, or in each turn, or from now on.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCD1",
        "ABCDEFGHIJ1",
        "ABCDEFGHIJ1.",
        "ABBBBC1",
        "ABBBB1",
        "AAAAB1",
        "AAAA1BBBB1",
        "AA1.BB1.",
        "AABBCCDDEEFF1",
        "AABBB.",
        "AABBB1."
      })
  void anIdThatMerelyChangesIsNoOtherAnswer(String said) {
    isWholeAndEnds(said);
  }

  private static void isWholeAndEnds(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = chat(rig, said);

    rig.run(LONG_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(isCut(said)).isFalse();
  }

  /** An answer that was left for another may go on, or have been given up for it. */
  @ParameterizedTest
  @ValueSource(strings = {"AABB1", "AAABBB1", "AABBCC1"})
  void whereNobodyCanTellThereIsNoGraceAndNoTruncation(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = chat(rig, said);

    rig.run(Duration.ofSeconds(290));

    assertThat(guard.isDecided()).isFalse();
    assertThat(isCut(said)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABAB" + "CDEFGH" + "A1", "ABABCDEFGHABCDEFGHA1B1C1D1", "ABABCDEFGH"})
  void ofMoreThanAreFollowedNothingIsSaid(String said) {
    Rig rig = Rig.exactly("");
    Guard guard = chat(rig, said);

    rig.run(Duration.ofSeconds(290));

    assertThat(guard.isDecided()).isFalse();
    assertThat(isCut(said)).isFalse();
  }

  @Test
  void theErrorOfOneEndsNotTheOthers() {
    Rig rig = Rig.exactly("");
    Guard guard = chat(rig, "ABABA!");
    rig.run(LONG_GRACE);
    assertThat(guard.isDecided()).isFalse();
    assertThat(isCut("ABABA!")).isTrue();

    Guard done = chat(rig, "ABABA!BB1");
    Guard failed = chat(rig, "ABABA1B!");
    rig.run(LONG_GRACE);

    assertThat(done.isEnded()).isTrue();
    assertThat(failed.stallException(null)).hasMessageContaining("provider's error server_error");
  }

  @Test
  void aSetGraceWaitsForAllOfThem() {
    Rig rig = Rig.exactly("done-grace=2s");
    Guard one = chat(rig, "ABA1");
    Guard all = chat(rig, "ABA1B1");
    Guard unknown = chat(rig, "AABB1");

    rig.run(Duration.ofSeconds(5));

    assertThat(one.isDecided()).isFalse();
    assertThat(all.isEnded()).isTrue();
    assertThat(unknown.isDecided()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | data: | ~~ | ''",
        "application/x-ndjson | '' | ~ | ''",
        "application/json-seq | '\u001e' | ~ | ''",
        "application/json | '' | , | ["
      })
  void whateverTheFormat(String type, String before, String after, String open) {
    String bytes = open + framed("ABA1", before, after);
    Rig rig = Rig.exactly("content-types=*");
    Guard one = rig.engine.open(Exchanges.of("POST", CHAT, type), rig.abort);
    Guard all = rig.engine.open(Exchanges.of("POST", CHAT, type), rig.abort);
    rig.tick();
    read(one, bytes);
    read(all, bytes + framed("B1", before, after));

    rig.run(LONG_GRACE);

    assertThat(one.isDecided()).isFalse();
    assertThat(all.isEnded()).isTrue();
  }

  /** Some servers say in chunks of their own that they are alive. */
  @Test
  void whatBringsNoPieceIsNoAnswer() {
    String alive =
        "data: {\"id\":\"alive\",\"object\":\"chat.completion.chunk\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    String said = chats("A") + alive + chats("A") + alive + chats("AA1");
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, CHAT, said);

    rig.run(LONG_GRACE);

    assertThat(guard.isEnded()).isTrue();
    assertThat(new Told(Exchanges.to(CHAT)).scan(said).end().events().answer().isCutShort())
        .isFalse();
  }

  private static String framed(String said, String before, String after) {
    return chats(said).replace("data: ", before).replace("\n\n", after.replace('~', '\n'));
  }

  private static final String RESPONSES = "https://relay.example/v1/responses";

  private static String response(boolean named, String type, String id) {
    String data = "{\"type\":\"" + type + "\",\"sequence_number\":1,\"response\":{\"id\":\"" + id;
    return (named ? "event: " + type + "\n" : "") + "data: " + data + "\",\"status\":\"s\"}}\n\n";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoResponses(boolean named) {
    String begun =
        response(named, "response.created", "r1") + response(named, "response.created", "r2");
    String delta = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n";
    String one = begun + delta + response(named, "response.completed", "r1");
    String other = begun + delta + response(named, "response.completed", "r2");
    Rig rig = Rig.exactly("");
    Guard first = open(rig, RESPONSES, one);
    Guard second = open(rig, RESPONSES, other);
    Guard both = open(rig, RESPONSES, one + response(named, "response.completed", "r2"));
    Guard failed = open(rig, RESPONSES, begun + delta + response(named, "response.failed", "r1"));

    rig.run(LONG_GRACE);

    assertThat(first.isDecided()).isFalse();
    assertThat(second.isDecided()).isFalse();
    assertThat(both.isEnded()).isTrue();
    assertThat(failed.isDecided()).isFalse();
    assertThat(new Told(Exchanges.to(RESPONSES)).scan(one).end().events().answer().isCutShort())
        .isTrue();
  }

  @Test
  void aResponseWhoseIdChangesIsOne() {
    Rig rig = Rig.exactly("");
    String text =
        response(false, "response.created", "r1")
            + response(false, "response.in_progress", "r2")
            + response(false, "response.completed", "r3");
    Guard guard = open(rig, RESPONSES, text);

    rig.run(LONG_GRACE);

    assertThat(guard.isEnded()).isTrue();
  }

  private static String task(int id, boolean isFinal) {
    String result = "{\"kind\":\"status-update\",\"status\":{},\"final\":" + isFinal + "}";
    return "data: {\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}\n\n";
  }

  @Test
  void twoCalls() {
    Rig rig = Rig.exactly("done-grace=2s");
    String uri = "http://agent.example/a2a";
    String begun = task(1, false) + task(22, false);
    Guard one = open(rig, uri, begun + task(22, true));
    Guard failed =
        open(
            rig,
            uri,
            begun + "data: {\"jsonrpc\":\"2.0\",\"id\":22,\"error\":{\"message\":\"m\"}}\n\n");
    Guard both = open(rig, uri, begun + task(22, true) + task(1, true));

    rig.run(Duration.ofSeconds(10));

    assertThat(one.isDecided()).isFalse();
    assertThat(failed.isDecided()).isFalse();
    assertThat(both.isEnded()).isTrue();
    assertThat(new Told(Exchanges.to(uri)).scan(begun + task(22, true)).end().events().answer())
        .returns(true, answer -> answer.isTruncated());
  }

  @Test
  void twoRunsOfAgents() {
    Rig rig = Rig.exactly("done-grace=2s");
    String outer = "data: {\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"o\"}\n\n";
    String inner = "data: {\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"i\"}\n\n";
    Guard one = open(rig, "http://h/agent", outer + inner + inner.replace("STARTED", "FINISHED"));
    Guard both =
        open(
            rig,
            "http://h/agent",
            outer
                + inner
                + inner.replace("STARTED", "FINISHED")
                + outer.replace("STARTED", "FINISHED"));

    rig.run(Duration.ofSeconds(10));

    assertThat(one.isDecided()).isFalse();
    assertThat(both.isEnded()).isTrue();
  }

  private static Guard open(Rig rig, String uri, String text) {
    Guard guard = rig.engine.open(Exchanges.to(uri), rig.abort);
    rig.tick();
    read(guard, text);
    return guard;
  }
}
