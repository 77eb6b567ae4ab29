package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.STOP;
import static io.stallguard.core.Arrivals.come;
import static io.stallguard.core.Arrivals.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the watchdog makes of heartbeats and events. */
class EventLimitsTest {
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
    assertThat(rig.counters().resumed()).isEqualTo(1);
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
    assertThat(guard.format().name()).isEqualTo("bytes only, the body is no server-sent events");
  }

  @Test
  void anEncodedBodyIsWatchedByItsBytes() {
    Rig rig = new Rig("");

    Guard guard = rig.engine.open(gzip(), rig.abort);

    assertThat(guard.format().name()).isEqualTo("bytes only, the body is encoded: gzip");
  }

  /** Bytes come below a decoder, and what that makes of them is shown later. */
  @Test
  void aBodyThatIsDecodedAboveIsWatchedByItsEvents() {
    Rig rig = new Rig("event-idle=3s,done-grace=1s");
    Guard beating = rig.engine.open(gzip(), rig.abort);
    Guard done = rig.engine.open(gzip(), rig.abort);
    DecodedBody.begins(beating);
    DecodedBody.begins(done);
    for (int i = 0; i < 4; i++) {
      readDecoded(beating, "event: ping\ndata: {}\n\n");
      rig.run(SECOND);
    }
    readDecoded(done, STOP);

    rig.run(Duration.ofMillis(1500));

    assertThat(beating.isStalled()).isTrue();
    assertThat(done.isEnded()).isTrue();
  }

  private static void readDecoded(Guard guard, String text) {
    guard.awaiting();
    guard.arrived(1);
    byte[] decoded = text.getBytes(UTF_8);
    guard.scan(decoded, 0, decoded.length);
    guard.awaiting();
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

  private static Exchange gzip() {
    return Exchange.of("okhttp")
        .request("POST", "https", "api.example.com", 443, "/v1/messages")
        .response("HTTP/1.1", 200, "text/event-stream")
        .encoding("gzip")
        .build();
  }
}
