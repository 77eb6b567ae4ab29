package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** GC pauses, SIGSTOP, suspended machines: the watchdog's own ticks come late. */
class WatchdogPauseTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Rig rig = new Rig("idle=1s");
  private final Guard guard = rig.open();

  @Test
  void timeThatTheJvmDidNotRunIsNoSilence() {
    guard.awaiting();
    rig.run(Duration.ofMillis(500));

    rig.pause(PAUSE);
    rig.run(Duration.ofMillis(470));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aStreamGetsTheRestOfItsLimitAfterAPauseAndNoMore() {
    guard.awaiting();
    rig.run(Duration.ofMillis(500));

    rig.pause(PAUSE);
    rig.run(Duration.ofMillis(500).plus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void nobodyIsJudgedBeforeReadersCouldRunAfterAPause() {
    guard.awaiting();
    rig.run(Duration.ofMillis(1010));
    assertThat(guard.isStalled()).isFalse();

    rig.pause(PAUSE);
    rig.tick();
    assertThat(guard.isStalled()).isFalse();
    guard.arrived(1);
    rig.run(Duration.ofSeconds(2));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aReaderThatStillWaitsAfterTheHoldIsReleased() {
    guard.awaiting();
    rig.run(Duration.ofMillis(1010));

    rig.pause(PAUSE);
    rig.tick();
    rig.tick();

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void pausesInARowCannotPutADecisionOffForEver() {
    guard.awaiting();

    for (int i = 0; i < 105; i++) {
      rig.pause(Duration.ofSeconds(1));
    }

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void pausesInARowNeverMakeADecisionEarly() {
    guard.awaiting();

    for (int i = 0; i < 100; i++) {
      rig.pause(Duration.ofSeconds(1));
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aLateTickOfABusyMachineIsNoPause() {
    guard.awaiting();

    for (int i = 0; i < 52; i++) {
      rig.tick(Duration.ofMillis(20));
    }

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aDemandThatBeginsRightAfterAPauseIsNotBlamedForIt() {
    rig.clock.advance(PAUSE);
    guard.awaiting();

    rig.tick(Duration.ZERO);
    rig.run(Duration.ofMillis(1000));

    assertThat(guard.isStalled()).isFalse();
  }
}
