package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.come;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Arrivals;
import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes of an event that has not ended are arrivals, unless it proves a heartbeat. */
class BytesThatFlowTest {
  private final Rig rig = new Rig("idle=2s,event-idle=3s");

  @ParameterizedTest
  @CsvSource({
    "text/event-stream, data: xLF",
    "text/event-stream, data: xCR",
    "text/event-stream, without an end",
    "application/x-ndjson, {\"a\":1}CR",
    "application/x-ndjson, {\"a\":1}",
    "application/json-seq, RS{\"a\":1}",
  })
  void whatNeverCompletesAnEventIsNoSilence(String type, String written) {
    String piece = written.replace("LF", "\n").replace("CR", "\r").replace("RS", "\u001E");
    Guard guard = rig.engine.open(Exchanges.of("POST", "https://h.example/", type), rig.abort);
    rig.tick();
    read(guard, type.startsWith("text") ? "data: " : "{}");

    for (int i = 0; i < 20; i++) {
      read(guard, piece);
      rig.run(Duration.ofMillis(500));
    }

    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(2100));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aHeartbeatInPiecesPutsNothingOff() {
    Guard guard = rig.open();
    read(guard, DELTA);

    for (String piece : List.of("event: pi", "ng\n", "data: {}\n", "\n", ": a com", "ment\n")) {
      rig.run(Duration.ofMillis(400));
      read(guard, piece);
    }
    rig.run(Duration.ofMillis(580));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(100));

    assertThat(guard.stallException(null)).hasMessageStartingWith("event-idle limit of 3 s");
  }

  @Test
  void aHeartbeatThatTakesLongerThanTheLimitEndsWithTheVerdict() {
    Guard guard = rig.open();
    read(guard, DELTA + "data: {\"a\":1,");
    for (int i = 0; i < 5; i++) {
      rig.run(Duration.ofSeconds(1));
      read(guard, "\"b\":2,");
    }
    assertThat(guard.isStalled()).isFalse();

    read(guard, "\"type\":\"ping\"}\n\n");
    rig.tick();

    assertThat(guard.isStalled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({": a", "event: ping~data: a", "event: keep-alive~id: 1~data: {"})
  void whatHasProvedAHeartbeatIsNoLifeHoweverLongItGoesOn(String begin) {
    Guard guard = rig.open();
    read(guard, DELTA + begin.replace('~', '\n'));
    for (int i = 0; i < 5; i++) {
      rig.run(Duration.ofMillis(500));
      read(guard, "aaaaaaaa");
    }
    assertThat(guard.isStalled()).isFalse();

    rig.run(Duration.ofMillis(600));

    assertThat(guard.stallException(null)).hasMessageStartingWith("event-idle limit of 3 s");
  }

  @Test
  void aCommentInsideAnEventFlowsWithIt() {
    Guard guard = rig.open();
    read(guard, DELTA + "data: 1\n: a");
    for (int i = 0; i < 8; i++) {
      rig.run(Duration.ofMillis(500));
      read(guard, "aaaaaaaa");
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void anEventThatEndsAfterAllBeginsTheSilenceAnew() {
    Guard guard = rig.open();
    read(guard, START + "data: ");
    rig.run(Duration.ofSeconds(1));
    read(guard, "x\n\n");

    rig.run(Duration.ofMillis(1900));
    read(guard, ": comment\n");
    rig.run(Duration.ofMillis(1000));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(200));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void timeWithoutDemandIsNoSilenceOfAnEventThatFlows() {
    Guard guard = rig.open();
    read(guard, DELTA);
    come(guard, "data: ");
    guard.arrived(6);
    rig.run(Duration.ofMinutes(1));

    guard.awaiting();
    rig.run(Duration.ofMillis(1900));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(200));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatFlowsWhileNobodyWantsItCountsFromTheNextDemand() {
    Rig events = new Rig("idle=off,event-idle=3s");
    Guard guard = events.open();
    read(guard, DELTA);
    events.run(Duration.ofSeconds(1));
    come(guard, "data: ");
    guard.arrived(6);
    events.run(Duration.ofSeconds(30));
    come(guard, "more of it");
    guard.arrived(10);
    events.run(Duration.ofSeconds(30));

    guard.awaiting();
    events.run(Duration.ofMillis(2900));
    assertThat(guard.isStalled()).isFalse();
    events.run(Duration.ofMillis(200));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aHeartbeatThatWasReadInPiecesWithPausesLeavesTheSilenceThatWas() {
    Rig events = new Rig("idle=off,event-idle=3s");
    Guard guard = events.open();
    read(guard, DELTA);
    events.run(Duration.ofSeconds(2));
    come(guard, ": com");
    guard.arrived(5);
    events.run(Duration.ofSeconds(30));
    guard.awaiting();
    events.run(Duration.ofMillis(500));
    read(guard, "ment\n");

    events.run(Duration.ofMillis(400));
    assertThat(guard.isStalled()).isFalse();
    events.run(Duration.ofMillis(250));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void bytesThatFlowAfterATerminalEventPutItsEndOffUntilTheyProveAHeartbeat() {
    Rig done = new Rig("idle=10s,done-grace=1s");
    Guard guard = done.open();
    read(guard, START + Arrivals.STOP);
    done.run(Duration.ofMillis(800));
    read(guard, "data: {\"a\":1");
    done.run(Duration.ofMillis(800));
    assertThat(guard.isEnded()).isFalse();

    read(guard, ",\"type\":\"ping\"}\n\n");
    done.run(Duration.ofSeconds(1));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void aCommentThatFlowsAfterATerminalEventPutsItsEndOffByNothing() {
    Rig done = new Rig("idle=10s,done-grace=1s");
    Guard guard = done.open();
    read(guard, START + Arrivals.STOP);
    done.run(Duration.ofMillis(800));
    read(guard, ": a");

    done.run(Duration.ofMillis(400));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void inObserveModeASilenceOfAnUnknownFormatIsOverWithTheNextByte() {
    Rig observing = new Rig("mode=observe,idle=off,event-idle=2s,content-types=*");
    Exchange text = Exchanges.of("POST", "https://h.example/", "text/plain");
    Guard guard = observing.engine.open(text, observing.abort);
    observing.tick();
    read(guard, "a");
    observing.run(Duration.ofSeconds(3));
    read(guard, "b");
    observing.tick();
    assertThat(observing.log).hasSize(2);
    assertThat(observing.log.get(1)).matches("stream resumed after (2\\.9|3).*");

    observing.run(Duration.ofSeconds(3));

    assertThat(observing.log).hasSize(3);
  }

  @Test
  void theLongestSilenceIsTheOneBetweenTwoArrivals() {
    Guard guard = rig.open();
    read(guard, DELTA);
    for (int i = 0; i < 10; i++) {
      rig.run(Duration.ofSeconds(1));
      read(guard, "data: " + String.join("", Collections.nCopies(10, "x")) + "\n");
    }

    read(guard, "\n");

    assertThat(guard.events().longestSilenceNanos())
        .isBetween(Duration.ofMillis(980).toNanos(), Duration.ofMillis(1100).toNanos());
  }
}
