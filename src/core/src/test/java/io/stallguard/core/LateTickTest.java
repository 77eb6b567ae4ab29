package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.BusyMark;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import io.stallguard.core.words.Exchanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Busy cores and throttled containers: the watchdog's ticks come late, and that time counts. */
class LateTickTest {
  private static final Duration LATE = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final byte[] EVENT = "data: x\n\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aLimitIsNotLongerBecauseTicksAreLate() {
    Rig rig = new Rig("idle=3s");
    Guard guard = rig.open();
    guard.awaiting();

    for (int i = 0; i < 13; i++) {
      rig.tick(Duration.ofMillis(300));
    }

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aSilenceThatBeganLateInALateTickHasItsWholeLimit() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();

    rig.clock.advance(LATE);
    guard.awaiting();
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aSilenceThatBeganEarlyInALateTickDoesNotWaitForItsEnd() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    rig.tick(Duration.ofMillis(200));

    rig.clock.advance(SHORT);
    guard.awaiting();
    rig.tick(Duration.ofMillis(150));
    rig.run(Duration.ofMillis(840));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aQuestionAboutOneSilenceIsNotAnsweredOfTheNext() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1010));

    rig.clock.advance(LATE);
    guard.arrived(1);
    guard.awaiting();
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aStreamThatWasOpenedLateInALateTickHasItsWholeTime() {
    Rig rig = new Rig("idle=off,total=1s");
    rig.open();

    rig.clock.advance(LATE);
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);
    guard.awaiting();
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void anEventThatCameLateInALateTickBeginsAWholeSilence() {
    Rig rig = new Rig("idle=off,event-idle=1s");
    Guard guard = rig.open();
    guard.awaiting();

    rig.clock.advance(LATE);
    guard.scan(EVENT, 0, EVENT.length);
    guard.buffered(EVENT.length);
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void theTimeThatAConsumerHeldBackInALateTickIsNoSilence() {
    Rig rig = new Rig("idle=off,event-idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    guard.satisfied();
    rig.tick();

    rig.clock.advance(LATE);
    guard.awaiting();
    rig.run(Duration.ofMillis(990));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void theSameWhereItHeldBackTwice() {
    Rig rig = new Rig("idle=off,event-idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    guard.satisfied();
    rig.tick();

    rig.clock.advance(LATE);
    guard.awaiting();
    guard.satisfied();
    rig.tick();
    rig.tick();
    guard.awaiting();
    rig.run(Duration.ofMillis(990));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aLaneThatWasBusyLateInALateTickWasBusyUntilThen() {
    Rig rig = new Rig("idle=1s");
    Lane lane = new Lane();
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort, lane);
    guard.awaiting();
    BusyMark other = rig.engine.mark(lane);
    other.begins();
    rig.run(Duration.ofSeconds(2));

    rig.clock.advance(LATE);
    other.ends();
    rig.run(Duration.ofMillis(990));
    assertThat(guard.isStalled()).isFalse();

    rig.run(SHORT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void nobodyIsJudgedBeforeReadersThatWereLateTooCouldRun() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.tick();

    rig.tick(LATE);
    rig.tick();
    assertThat(guard.isStalled()).isFalse();

    rig.tick();
    assertThat(guard.isStalled()).isTrue();
  }
}
