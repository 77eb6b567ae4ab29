package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the watchdog makes of heartbeats, events and ends. */
class EventLimitsTest {
  private static final String PING = "event: ping\ndata: {}\n\n";
  private static final String START = "event: message_start\ndata: {}\n\n";
  private static final String DELTA = "event: content_block_delta\ndata: {}\n\n";
  private static final String STOP = "event: message_stop\ndata: {}\n\n";
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void heartbeatsAloneAreReleasedAtTheEventLimitAndNotBefore() {
    Rig rig = new Rig("idle=2s,event-idle=4s");
    Guard guard = rig.open();
    read(guard, DELTA);

    for (int i = 0; i < 3; i++) {
      rig.run(SECOND);
      read(guard, PING);
    }
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(60));

    assertThat(guard.stallException(null))
        .hasMessageStartingWith("event-idle limit of 4 s exceeded: no event but heartbeats for 4.0")
        .hasMessageContaining("with 1 event and 3 heartbeats, the last ping (heartbeat) 1.0")
        .hasMessageEndingWith("partial content delivered");
  }

  @Test
  void heartbeatsAloneAreNeverReleasedWithoutAnEventLimit() {
    Rig rig = new Rig("idle=2s,event-idle=off");
    Guard guard = rig.open();

    for (int i = 0; i < 1000; i++) {
      rig.run(SECOND);
      read(guard, PING);
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aModelThatThinksForMinutesIsNotKilledByTheDefaults() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);

    for (int i = 0; i < 59; i++) {
      rig.run(Duration.ofSeconds(10));
      read(guard, PING);
    }
    read(guard, DELTA);
    rig.run(Duration.ofSeconds(40));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void eventSilenceCountsOnlyWhileTheConsumerWants() {
    Rig rig = new Rig("idle=off,event-idle=4s");
    Guard guard = rig.open();
    guard.awaiting();

    for (int i = 0; i < 3; i++) {
      rig.run(SECOND);
      come(guard, PING);
      guard.arrived(PING.length());
      rig.run(Duration.ofMinutes(1));
      guard.awaiting();
    }

    rig.run(Duration.ofMillis(980));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(150));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aBufferedHeartbeatCountsWhenItArrives() {
    Rig rig = new Rig("idle=2s,event-idle=off");
    Guard guard = rig.open();
    guard.awaiting();

    for (int i = 0; i < 20; i++) {
      rig.run(Duration.ofMillis(1900));
      come(guard, PING);
      guard.buffered(PING.length());
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aReplyIsSilentForFiveMinutesBeforeItShowsHeartbeats() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);

    rig.run(Duration.ofSeconds(299));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void heartbeatsEveryTenSecondsMakeSilenceAStallAfterAMinute() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    beat(rig, guard, 3, Duration.ofSeconds(10));

    rig.run(Duration.ofMillis(59_900));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(700));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 60 s exceeded");
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log.get(0)).contains("idle=60 s (learned from heartbeats up to 10");
  }

  @Test
  void threeTimesTheLongestGapBetweenHeartbeatsIsTheLimit() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    beat(rig, guard, 3, Duration.ofSeconds(10));
    beat(rig, guard, 1, Duration.ofSeconds(40));
    beat(rig, guard, 3, Duration.ofSeconds(10));

    rig.run(Duration.ofSeconds(119));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(3));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void heartbeatsThatAreFarApartNeverMakeTheLimitLongerThanFiveMinutes() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    beat(rig, guard, 3, Duration.ofSeconds(290));

    rig.run(Duration.ofSeconds(304));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void heartbeatsThatLayInABufferTeachNothing() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    rig.run(Duration.ofSeconds(100));
    guard.satisfied();
    rig.run(Duration.ofSeconds(100));
    guard.awaiting();
    read(guard, PING);
    read(guard, PING);
    read(guard, PING);

    rig.run(Duration.ofSeconds(290));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSilentSubscriptionIsNotKilledByTheDefaults() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    read(guard, "event: message\ndata: {}\n\n");

    rig.run(Duration.ofHours(3));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSubscriptionThatShowedHeartbeatsIsReleasedWhenTheyCease() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    guard.awaiting();
    beat(rig, guard, 3, Duration.ofSeconds(15));

    rig.run(Duration.ofSeconds(59));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(2));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void anExplicitIdleLimitIsTakenAsItIs() {
    Rig rig = new Rig("idle=100s");
    Guard guard = rig.open();
    beat(rig, guard, 4, Duration.ofSeconds(5));

    rig.run(Duration.ofSeconds(99));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(3));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aStreamThatHasSaidAllEndsAfterTheGrace() throws IOException {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    rig.run(Duration.ofSeconds(7));
    read(guard, STOP);

    rig.run(Duration.ofMillis(4990));
    assertThat(guard.isEnded()).isFalse();
    rig.run(Duration.ofMillis(500));

    assertThat(guard.isEnded()).isTrue();
    assertThat(guard.isStalled()).isFalse();
    assertThat(guard.awaiting()).isFalse();
    assertThat(guard.endOrThrow(new IOException("Socket closed"))).isEqualTo(-1);
    assertThat(rig.abort.aborts).isEqualTo(1);
    assertThat(rig.engine.counters().endedAfterDone()).isEqualTo(1);
    assertThat(rig.engine.counters().stalled()).isEmpty();
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream ended after its terminal event, connection aborted: done-grace limit")
        .contains("the last message_stop 5.")
        .contains("whole content delivered");
  }

  @Test
  void theGraceRunsOnlyWhileTheConsumerWants() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    come(guard, STOP);
    guard.arrived(STOP.length());

    rig.run(Duration.ofMinutes(20));
    assertThat(guard.isEnded()).isFalse();
    guard.awaiting();
    rig.run(Duration.ofMillis(4900));
    assertThat(guard.isEnded()).isFalse();
    rig.run(Duration.ofSeconds(1));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void heartbeatsAfterTheTerminalEventDoNotPutTheEndOff() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, STOP);

    for (int i = 0; i < 6; i++) {
      rig.run(SECOND);
      read(guard, PING);
    }

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void moreEventsAfterTheTerminalOneGoOn() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, STOP);
    rig.run(Duration.ofSeconds(4));
    read(guard, START);

    rig.run(Duration.ofMinutes(4));

    assertThat(guard.isEnded()).isFalse();
    assertThat(guard.awaiting()).isTrue();
  }

  @Test
  void afterDoneMayThrow() {
    Rig rig = new Rig("after-done=throw,done-grace=1s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofMillis(1500));

    assertThatThrownBy(() -> guard.endOrThrow(null))
        .isInstanceOf(StallTimeoutException.class)
        .hasMessageStartingWith("done-grace limit of 1 s exceeded: connection open, and nothing");
  }

  @Test
  void afterDoneMayBeIgnored() {
    Rig rig = new Rig("after-done=ignore,done-grace=1s,idle=10s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofSeconds(9));
    assertThat(guard.isStalled() || guard.isEnded()).isFalse();
    rig.run(Duration.ofSeconds(2));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 10 s");
  }

  @Test
  void aSubscriptionMayCarryManyAnswers() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    read(guard, STOP);

    rig.run(Duration.ofHours(1));

    assertThat(guard.isEnded()).isFalse();
  }

  @Test
  void aTruncatedStreamIsReportedAndEndsNormally() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);

    assertThat(guard.completed()).isTrue();
    assertThat(guard.completed()).isTrue();
    rig.tick();

    assertThat(rig.engine.counters().truncated()).isEqualTo(1);
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream truncated: ended ")
        .contains("without its terminal event; POST https://api.example.com/v1/messages")
        .contains("1 events, the last message_start");
  }

  @Test
  void aTruncatedStreamMayFail() throws IOException {
    Rig rig = new Rig("truncated=throw");
    Guard guard = rig.open();
    InputStream body =
        new GuardedInputStream(new ByteArrayInputStream((START + DELTA).getBytes(UTF_8)), guard);

    assertThat(body.read(new byte[100])).isEqualTo(START.length() + DELTA.length());
    assertThatThrownBy(body::read)
        .isInstanceOf(EOFException.class)
        .hasMessageStartingWith("stream truncated: ");
    assertThatThrownBy(body::read).isInstanceOf(EOFException.class);
    assertThat(guard.truncation()).isNotNull();
  }

  @Test
  void aWholeStreamAndOneOfAnotherKindAreNotTruncated() {
    Rig rig = new Rig("truncated=throw");
    Guard whole = rig.open();
    Guard other = rig.open();
    read(whole, START + STOP);
    read(other, "data: 1\n\n");

    assertThat(whole.completed()).isTrue();
    assertThat(other.completed()).isTrue();
    rig.tick();

    assertThat(rig.engine.counters().truncated()).isZero();
    assertThat(rig.log).isEmpty();
  }

  @Test
  void aStreamThatTheAppClosesIsNotTruncated() {
    Rig rig = new Rig("truncated=throw");
    Guard guard = rig.open();
    read(guard, START);

    assertThat(guard.finished()).isTrue();
    assertThat(guard.truncation()).isNull();
  }

  @Test
  void anEventSilenceIsObservedOnceAndItsResumptionTold() {
    Rig rig = new Rig("mode=observe,idle=2s,event-idle=4s");
    Guard guard = rig.open();
    read(guard, DELTA);
    for (int i = 0; i < 20; i++) {
      rig.run(SECOND);
      read(guard, PING);
    }
    assertThat(rig.log).singleElement().asString().contains("event-idle limit of 4 s exceeded");

    read(guard, DELTA);
    rig.tick();

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream resumed after 20");
    assertThat(rig.engine.counters().resumed()).isEqualTo(1);
  }

  @Test
  void bytesThatContradictTheFormatAreProgress() {
    Rig rig = new Rig("idle=2s,event-idle=3s");
    Guard guard = rig.open();
    guard.awaiting();

    for (int i = 0; i < 20; i++) {
      rig.run(SECOND);
      read(guard, "{\"no\":\"event stream\"}");
    }

    assertThat(guard.isStalled()).isFalse();
    assertThat(guard.formatName()).isEqualTo("bytes only, the body is no server-sent events");
  }

  @Test
  void anEncodedBodyIsWatchedByItsBytes() {
    Rig rig = new Rig("");
    Exchange gzip =
        Exchange.of("okhttp")
            .response("HTTP/1.1", 200, "text/event-stream")
            .encoding("gzip")
            .build();

    Guard guard = rig.engine.open(gzip, rig.abort);

    assertThat(guard.formatName()).isEqualTo("bytes only, the body is encoded: gzip");
  }

  @Test
  void operatorsNameHeartbeatsAndTerminalEventsOfTheirOwn() {
    Rig rig = new Rig("heartbeats=+still_here,terminal-events=bye,event-idle=3s,done-grace=1s");
    Guard beating = rig.open();
    Guard done = rig.open();
    Guard going = rig.open();
    for (int i = 0; i < 4; i++) {
      read(beating, "event: still_here\ndata: 1\n\n");
      rig.run(SECOND);
    }
    read(done, "event: bye\ndata: 1\n\n");
    read(going, STOP);

    rig.run(Duration.ofMillis(1500));

    assertThat(beating.isStalled()).isTrue();
    assertThat(done.isEnded()).isTrue();
    assertThat(going.isEnded()).isFalse();
  }

  private static void beat(Rig rig, Guard guard, int count, Duration gap) {
    for (int i = 0; i < count; i++) {
      guard.awaiting();
      rig.run(gap);
      read(guard, PING);
    }
  }

  /** These bytes come, and the reader wants more at once. */
  private static void read(Guard guard, String text) {
    come(guard, text);
    guard.arrived(text.length());
    guard.awaiting();
  }

  private static void come(Guard guard, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    guard.scan(bytes, 0, bytes.length);
  }
}
