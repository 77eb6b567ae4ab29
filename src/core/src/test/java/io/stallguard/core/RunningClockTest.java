package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningClockTest {
  private static final long STEP = 20;

  @ParameterizedTest
  @ValueSource(longs = {0, 42, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void startsAtZeroWhereverNanoTimeStands(long start) {
    RunningClock clock = new RunningClock(new ManualClock(start));

    assertThat(clock.nowNanos()).isZero();
  }

  @Test
  void standsStillUntilItIsAdvanced() {
    ManualClock nanoTime = new ManualClock(7);
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofNanos(5));

    assertThat(clock.nowNanos()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE, -3})
  void goesOnWhereNanoTimeWrapsOrChangesItsSign(long start) {
    ManualClock nanoTime = new ManualClock(start);
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofNanos(5));
    clock.advance(STEP);
    nanoTime.advance(Duration.ofNanos(6));
    clock.advance(STEP);

    assertThat(clock.nowNanos()).isEqualTo(11);
  }

  @Test
  void aLongStepCountsAsTheLongestHealthyOneAndIsToldInFull() {
    ManualClock nanoTime = ManualClock.wrappingAfter(Duration.ofNanos(100));
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofSeconds(10));
    long elapsed = clock.advance(STEP);

    assertThat(clock.nowNanos()).isEqualTo(STEP);
    assertThat(elapsed).isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void theTimeThatAClampedStepLostIsNotMadeUpLater() {
    ManualClock nanoTime = new ManualClock();
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofSeconds(10));
    clock.advance(STEP);
    nanoTime.advance(Duration.ofNanos(3));
    clock.advance(STEP);

    assertThat(clock.nowNanos()).isEqualTo(STEP + 3);
  }

  @Test
  void nanoTimeThatGoesBackAddsNothing() {
    AtomicLong nanoTime = new AtomicLong(100);
    RunningClock clock = new RunningClock(nanoTime::get);

    nanoTime.set(90);
    long elapsed = clock.advance(STEP);

    assertThat(elapsed).isZero();
    assertThat(clock.nowNanos()).isZero();
  }

  @Test
  void forgetsTheTimeDuringWhichNobodyNeededIt() {
    ManualClock nanoTime = new ManualClock();
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofHours(1));
    clock.resume();
    nanoTime.advance(Duration.ofNanos(4));
    clock.advance(STEP);

    assertThat(clock.nowNanos()).isEqualTo(4);
  }
}
