package io.stallguard.core.gaps;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.STOP;
import static io.stallguard.core.Arrivals.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.MixOfStreams;
import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned from gaps, and that the advice is safe. */
class RecommendTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  @Test
  void theDocumentHasItsOutputForTheMix() throws IOException {
    assertThat(Files.readString(DOCUMENT, UTF_8))
        .contains("```\n" + recommendation(observed()) + "```");
  }

  /** Plays the streams again that were observed, under the limits that are to be pasted. */
  @Test
  void whatItRecommendsAbortsNoneOfTheStreams() throws IOException {
    List<String> settings = new ArrayList<>();
    Matcher pasted = Pattern.compile("-Dstallguard\\.(\\S+)").matcher(recommendation(observed()));
    while (pasted.find()) {
      settings.add(pasted.group(1));
    }
    Rig rig = new Rig(String.join(",", settings));
    MixOfStreams.play(rig);

    assertThat(settings).hasSize(8);
    assertThat(rig.counters().guarded()).isEqualTo(591);
    assertThat(rig.counters().stalled()).isEmpty();
  }

  /** The table is no model: each of its columns is what that limit does. */
  @ParameterizedTest
  @CsvSource({"5s,2", "10s,3", "15s,4", "30s,5", "60s,6", "2m,7"})
  void theTableTellsWhatALimitAborts(String limit, int column) throws IOException {
    Rig rig = new Rig("idle=" + limit + ",first-byte=off,event-idle=off,breaker.share=off");
    MixOfStreams.play(rig);

    assertThat(stalled(rig)).isEqualTo(sum("idle", column));
  }

  @ParameterizedTest
  @CsvSource({"1s,0", "2s,1", "5s,2", "10s,3", "30s,5", "60s,6"})
  void andForTheFirstByte(String limit, int column) throws IOException {
    Rig rig = new Rig("first-byte=" + limit + ",idle=off,event-idle=off,breaker.share=off");
    MixOfStreams.play(rig);

    assertThat(stalled(rig)).isEqualTo(sum("first-byte", column));
  }

  @ParameterizedTest
  @CsvSource({"5s,2", "10s,3", "30s,5", "60s,6", "2m,7"})
  void andForEvents(String limit, int column) throws IOException {
    Rig rig = new Rig("event-idle=" + limit + ",idle=off,breaker.share=off");
    MixOfStreams.play(rig);

    assertThat(stalled(rig)).isEqualTo(sum("event-idle", column));
  }

  @Test
  void nothingIsRecommendedBeforeAStreamHasEnded() {
    assertThat(recommendation(new Rig("")))
        .isEqualTo("no stream has ended yet: nothing to recommend from");
  }

  @Test
  void stallsAndStreamsThatWereGivenUpAreCountedApart() {
    Rig rig = new Rig("idle=3s");
    Guard stalled = rig.open();
    Guard givenUp = rig.open();
    Guard cancelled = rig.open();
    stalled.awaiting();
    rig.run(Duration.ofSeconds(4));
    givenUp.awaiting();
    rig.run(Duration.ofSeconds(1));
    cancelled.awaiting();
    rig.run(Duration.ofMillis(500));
    givenUp.finished();
    cancelled.finished();
    rig.run(Duration.ofSeconds(1));

    assertThat(recommendation(rig).replaceAll("(?s)\n.*\n  rec", "\n  rec"))
        .isEqualTo(
            "api.example.com, replies: 1 ended, 1 given up while somebody waited,"
                + " 1 stalled (first-byte 1)\n"
                + "  recommended: the defaults, until 100 streams have ended\n");
  }

  /** A client that has lost patience does not tell how long others may be silent. */
  @Test
  void whatWasGivenUpAsksForNoLongerLimit() {
    Rig rig = new Rig("idle=20s,mode=observe");
    for (int i = 0; i < 150; i++) {
      Guard healthy = rig.open();
      healthy.awaiting();
      healthy.arrived(1);
      healthy.completed();
    }
    Guard silent = rig.open();
    silent.awaiting();
    silent.arrived(1);
    silent.awaiting();
    silent.arrived(1);
    silent.awaiting();
    rig.run(Duration.ofSeconds(50));

    silent.satisfied();
    silent.finished();
    rig.tick();

    assertThat(recommendation(rig)).contains(".idle=30s ", " 1 given up while somebody waited");
  }

  /** What its server cut off does not tell how long others may be silent. */
  @Test
  void whatBreaksOffAsksForNoLongerLimit() {
    Rig rig = healthy("mode=observe");
    Guard cut = rig.open();
    read(cut, START + DELTA);
    rig.run(Duration.ofSeconds(50));

    cut.completed();
    rig.tick();

    assertThat(recommendation(rig))
        .contains(" 150 ended, 1 given up while somebody waited", ".idle=30s ")
        .containsPattern("\n  idle( +0){11}\n");
  }

  /** The end may be told by the last bytes only, which no blank line follows. */
  @Test
  void whatIsWholeByItsLastBytesHasNotBrokenOff() {
    Rig rig = healthy("mode=observe");
    Guard whole = rig.open();
    read(whole, "data: {\"object\":\"chat.completion.chunk\",\"choices\":[]}\n\ndata: [DONE]");

    whole.completed();
    rig.tick();

    assertThat(recommendation(rig)).contains(" 151 ended, 0 given up");
  }

  /** The grace has taken the place of all other limits on silence. */
  @Test
  void whatOnlyLingersAsksForNoLongerLimit() {
    Rig rig = healthy("done-grace=60s");
    Guard ended = rig.open();
    Guard closed = rig.open();
    read(ended, START + DELTA);
    read(closed, START + DELTA);
    rig.run(Duration.ofMillis(2050));
    read(ended, STOP);
    read(closed, STOP);
    rig.run(Duration.ofSeconds(25));
    read(ended, PING);
    rig.run(Duration.ofSeconds(25));

    ended.completed();
    closed.finished();
    rig.tick();

    assertThat(recommendation(rig))
        .contains(" 152 ended, 0 given up while somebody waited", ".idle=30s ")
        .containsPattern("\n  idle +2 +2( +0){9}\n");
  }

  @Test
  void whereNoGraceBoundsItLingeringIsASilenceLikeOthers() {
    Rig rig = healthy("done-grace=off");
    Guard ended = rig.open();
    read(ended, START);
    read(ended, STOP);
    rig.run(Duration.ofSeconds(50));

    ended.completed();
    rig.tick();

    assertThat(recommendation(rig)).contains(".idle=2m ");
  }

  @Test
  void anEndIsNoFirstByte() {
    Rig rig = healthy("");
    Guard guard = rig.open();
    read(guard, "data: 1\n\n");
    rig.run(Duration.ofSeconds(3));

    guard.completed();
    rig.tick();

    assertThat(recommendation(rig))
        .containsPattern("\n  first-byte( +0){11}\n")
        .containsPattern("\n  idle +1 +1( +0){9}\n");
  }

  @Test
  void anAnswerByGetIsAReply() {
    Rig rig = new Rig("");
    Guard answer = rig.engine.open(Exchanges.subscription(), rig.abort);
    rig.tick();
    read(answer, PING);
    rig.run(Duration.ofSeconds(1));
    read(answer, START + DELTA);
    rig.run(Duration.ofSeconds(1));
    assertThat(recommendation(rig)).startsWith("no stream has ended yet");
    read(answer, STOP);
    answer.completed();
    rig.tick();

    assertThat(recommendation(rig))
        .startsWith("api.example.com, replies: 1 ended, ")
        .doesNotContain("subscriptions");
  }

  @Test
  void aStreamOfManyAnswersIsASubscription() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    for (int i = 0; i < 3; i++) {
      read(guard, START + DELTA + STOP);
      rig.run(Duration.ofSeconds(4));
    }
    guard.completed();
    rig.tick();

    assertThat(recommendation(rig)).startsWith("api.example.com, subscriptions: 1 ended, ");
  }

  @Test
  void manyHostsShareOneEntry() {
    Rig rig = new Rig("");
    for (int i = 0; i < 1000; i++) {
      rig.engine.open(Exchanges.to("https://h" + i + ".example.com/"), rig.abort).completed();
    }
    rig.tick();

    List<HostGaps.Facts> hosts = rig.gaps();
    assertThat(hosts).hasSize(GapHistory.MOST_HOSTS + 1);
    assertThat(hosts)
        .filteredOn(host -> host.host().equals(GapHistory.OTHER_HOSTS))
        .singleElement()
        .returns(900L, HostGaps.Facts::streams);
  }

  @Test
  void aHostThatIsNoneGivesNothingToPaste() {
    Rig rig = new Rig("");
    Exchange odd =
        Exchange.of("okhttp")
            .request("POST", "https", "$(reboot)", 443, "/")
            .response("HTTP/1.1", 200, "text/event-stream")
            .build();
    for (int i = 0; i < 200; i++) {
      rig.engine.open(odd, rig.abort).completed();
    }
    rig.tick();

    assertThat(recommendation(rig))
        .contains("  recommended: nothing to paste: ")
        .doesNotContain("-Dstallguard");
  }

  @Test
  void headsAndSocketsAreNoStreams() {
    Rig rig = new Rig("head=60s,sockets=a:1");
    Exchange request = Exchange.of("okhttp").request("POST", URI.create("https://a.com/")).build();
    rig.engine.awaitHead(request, rig.abort).finished();
    rig.engine.openSocket("test", InetSocketAddress.createUnresolved("a", 1), rig.abort).finished();
    rig.tick();

    assertThat(rig.gaps()).isEmpty();
  }

  /** After so many streams without any silence that something is recommended. */
  private static Rig healthy(String settings) {
    Rig rig = Rig.exactly(settings);
    for (int i = 0; i < 150; i++) {
      Guard guard = rig.open();
      guard.awaiting();
      guard.arrived(1);
      guard.completed();
    }
    rig.tick();
    return rig;
  }

  private static Rig observed() throws IOException {
    Rig rig = new Rig("mode=observe");
    MixOfStreams.play(rig);
    return rig;
  }

  private static String recommendation(Rig rig) {
    return rig.recommend();
  }

  private static long stalled(Rig rig) {
    return rig.counters().stalled().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of a row, what stands in this column for all hosts together. */
  private static long sum(String row, int column) throws IOException {
    return Arrays.stream(recommendation(observed()).split("\n"))
        .filter(line -> line.startsWith("  " + row + " "))
        .collect(Collectors.summingLong(line -> cell(line, column)));
  }

  private static long cell(String line, int column) {
    return Long.parseLong(line.trim().split(" +")[column + 1]);
  }
}
