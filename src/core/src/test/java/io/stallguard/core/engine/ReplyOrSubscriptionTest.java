package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.STOP;
import static io.stallguard.core.Arrivals.beat;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits that hold where nobody set any: by what a stream has said so far. */
class ReplyOrSubscriptionTest {
  private static final String MESSAGE = "event: message\ndata: {\"a\":1}\n\n";

  private final Rig rig = Rig.exactly("");

  @Test
  void aReplyMayBeSilentForFiveMinutes() {
    Guard guard = rig.open();
    read(guard, START);

    rig.run(Duration.ofSeconds(299));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void aShortIdleLimitKillsNoSlowFirstTokenOfAnAnswerByGet() {
    Rig copied = Rig.exactly("idle=10s");
    Guard silent = copied.engine.open(Exchanges.subscription(), copied.abort);
    Guard greeted = copied.engine.open(Exchanges.subscription(), copied.abort);
    Guard speaking = copied.engine.open(Exchanges.subscription(), copied.abort);
    silent.awaiting();
    read(greeted, PING);
    read(speaking, MESSAGE);

    copied.run(Duration.ofSeconds(11));
    assertThat(speaking.isStalled()).isTrue();
    copied.run(Duration.ofSeconds(48));
    assertThat(silent.isStalled()).isFalse();
    assertThat(greeted.isStalled()).isFalse();
    copied.run(Duration.ofSeconds(3));

    assertThat(silent.isStalled()).isTrue();
    assertThat(greeted.isStalled()).isTrue();
  }

  @Test
  void heartbeatsAreNoReasonToReleaseAReplySooner() {
    Guard greeted = rig.open();
    Guard queued = rig.open();
    read(greeted, PING + PING + PING);
    beat(rig, queued, 20, Duration.ofSeconds(10));

    rig.run(Duration.ofSeconds(75));

    assertThat(greeted.isStalled()).isFalse();
    assertThat(queued.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(220));
    assertThat(queued.isStalled()).isFalse();
  }

  @Test
  void anIdleLimitThatIsSetIsTakenAsItIsWhateverTheHeartbeats() {
    Rig set = Rig.exactly("idle=100s");
    Guard guard = set.open();
    beat(set, guard, 4, Duration.ofSeconds(5));

    set.run(Duration.ofSeconds(99));
    assertThat(guard.isStalled()).isFalse();
    set.run(Duration.ofSeconds(3));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aShortIdleLimitKillsNoSlowFirstTokenBehindAGreeting() {
    Rig copied = Rig.exactly("idle=10s");
    Guard silent = copied.open();
    Guard greeted = copied.open();
    Guard speaking = copied.open();
    silent.awaiting();
    read(greeted, PING);
    read(speaking, DELTA);

    copied.run(Duration.ofSeconds(11));
    assertThat(speaking.stallException(null)).hasMessageStartingWith("idle limit of 10 s exceeded");
    copied.run(Duration.ofSeconds(48));
    assertThat(silent.isStalled()).isFalse();
    assertThat(greeted.isStalled()).isFalse();
    copied.run(Duration.ofSeconds(3));

    assertThat(silent.stallException(null))
        .hasMessageStartingWith("first-byte limit of 60 s exceeded");
    assertThat(greeted.stallException(null)).hasMessageStartingWith("idle limit of 60 s exceeded");
  }

  @Test
  void aFirstByteLimitThatIsSetRulesWhatComesBeforeTheContent() {
    Rig set = Rig.exactly("idle=10s,first-byte=20s");
    Guard silent = set.open();
    Guard greeted = set.open();
    silent.awaiting();
    read(greeted, PING);

    set.run(Duration.ofSeconds(11));
    assertThat(greeted.isStalled()).isTrue();
    assertThat(silent.isStalled()).isFalse();
    set.run(Duration.ofSeconds(10));

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void anyByteOfAnUnknownFormatIsContent() {
    Rig all = Rig.exactly("idle=10s,content-types=*");
    Guard guard =
        all.engine.open(Exchanges.of("POST", "https://h.example/", "text/plain"), all.abort);
    read(guard, "hello");

    all.run(Duration.ofSeconds(11));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void eventsOfAReplyMayStayAwayForHalfAnHourBeforeItsContentAndTenMinutesAfterIt() {
    Guard queued = rig.open();
    Guard thinking = rig.open();
    queued.awaiting();
    read(thinking, START + DELTA);

    for (int i = 0; i < 9; i++) {
      beatBoth(queued, thinking);
    }
    assertThat(thinking.isStalled()).isFalse();
    beatBoth(queued, thinking);
    assertThat(thinking.stallException(null))
        .hasMessageStartingWith("event-idle limit of 600 s exceeded");
    for (int i = 10; i < 29; i++) {
      beatBoth(queued, thinking);
    }
    assertThat(queued.isStalled()).isFalse();
    beatBoth(queued, thinking);
    assertThat(queued.stallException(null))
        .hasMessageStartingWith("event-idle limit of 1800 s exceeded");
  }

  private void beatBoth(Guard one, Guard other) {
    rig.run(Duration.ofSeconds(61));
    read(one, PING);
    read(other, PING);
  }

  @Test
  void aSubscriptionMayBeSilentForEver() {
    Guard events = subscription("text/event-stream");
    Guard lines = subscription("application/x-ndjson");
    read(events, MESSAGE);
    read(lines, "{\"a\":1}\n");

    rig.run(Duration.ofHours(3));

    assertThat(events.isStalled()).isFalse();
    assertThat(lines.isStalled()).isFalse();
  }

  @Test
  void aSubscriptionIsMissedOnceItsHeartbeatsWereKeptUp() {
    Guard guard = subscription("text/event-stream");
    guard.awaiting();
    beat(rig, guard, 9, Duration.ofSeconds(15));

    rig.run(Duration.ofSeconds(299));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log.get(0)).contains("idle=300 s (learned from heartbeats up to 15");
  }

  @Test
  void aSubscriptionIsMissedAfterTenTurnsOfRareHeartbeats() {
    Guard guard = subscription("text/event-stream");
    guard.awaiting();
    beat(rig, guard, 5, Duration.ofSeconds(60));

    rig.run(Duration.ofSeconds(598));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(8));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aSubscriptionIsNotMissedAfterAFewHeartbeatsOrABurstOfThem() {
    Guard few = subscription("text/event-stream");
    Guard burst = subscription("text/event-stream");
    few.awaiting();
    beat(rig, few, 4, Duration.ofSeconds(60));
    burst.awaiting();
    beat(rig, burst, 100, Duration.ofSeconds(1));

    rig.run(Duration.ofHours(1));

    assertThat(few.isStalled()).isFalse();
    assertThat(burst.isStalled()).isFalse();
  }

  @Test
  void anAnswerToAGetIsAReplyFromItsBeginToItsTerminalEvent() {
    Guard open = subscription("text/event-stream");
    Guard over = subscription("text/event-stream");
    read(open, MESSAGE);
    read(over, MESSAGE);
    rig.run(Duration.ofMinutes(10));
    read(open, START + DELTA);
    read(over, START + DELTA + STOP + MESSAGE);

    rig.run(Duration.ofSeconds(303));

    assertThat(open.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
    rig.run(Duration.ofHours(1));
    assertThat(over.isStalled() || over.isEnded()).isFalse();
  }

  @Test
  void whatSaysThatItIsASubscriptionIsOneWhateverTheMethod() {
    Guard path = rig.engine.open(Exchanges.to("https://h.example/graphql/stream"), rig.abort);
    Guard said = rig.open();
    Guard reply = rig.open();
    read(path, MESSAGE);
    read(said, MESSAGE);
    said.events().answer().subscribes();
    read(reply, MESSAGE);

    rig.run(Duration.ofMinutes(20));

    assertThat(path.isStalled()).isFalse();
    assertThat(said.isStalled()).isFalse();
    assertThat(reply.isStalled()).isTrue();
  }

  private Guard subscription(String contentType) {
    Exchange exchange = Exchanges.of("GET", "https://api.example.com/v1/events", contentType);
    Guard guard = rig.engine.open(exchange, rig.abort);
    rig.tick();
    return guard;
  }
}
