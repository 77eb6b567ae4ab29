package io.stallguard.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.KnownStandstill;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningClockTest {
  private static final long TICK = 10_000_000;
  private static final long STEP = 2 * TICK;

  private final KnownStandstill standstill = new KnownStandstill();
  private final ManualClock nanoTime = ManualClock.wrappingAfter(Duration.ofMillis(100));
  private final RunningClock clock = new RunningClock(nanoTime, standstill);

  @ParameterizedTest
  @ValueSource(longs = {0, 42, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void startsAtZeroWhereverNanoTimeStands(long start) {
    RunningClock clock = new RunningClock(new ManualClock(start));

    assertThat(clock.now()).isZero();
  }

  @Test
  void standsStillUntilItIsAdvanced() {
    nanoTime.advance(Duration.ofNanos(5));

    assertThat(clock.now()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE, -3})
  void goesOnWhereNanoTimeWrapsOrChangesItsSign(long start) {
    ManualClock nanoTime = new ManualClock(start);
    RunningClock clock = new RunningClock(nanoTime);

    nanoTime.advance(Duration.ofNanos(5));
    clock.advance(TICK);
    nanoTime.advance(Duration.ofNanos(7));
    clock.advance(TICK);

    assertThat(clock.now()).isEqualTo(12);
  }

  /** Between two late ticks the clock itself is as old as the first of them. */
  @Test
  void whatBeginsWhileTicksAreLateHasAnExactStamp() {
    step(Duration.ofMillis(200));
    nanoTime.advance(Duration.ofMillis(70));

    long begin = clock.beginAt();

    assertThat(begin).isEqualTo(Duration.ofMillis(270).toNanos() + 1);
    step(Duration.ofMillis(130));
    assertThat(clock.latestAt(begin)).as("whatever follows").isEqualTo(begin);
  }

  @Test
  void whileTicksAreInTimeTheClockIsEnough() {
    step(Duration.ofMillis(10));
    nanoTime.advance(Duration.ofMillis(7));

    assertThat(clock.beginAt()).isEqualTo(clock.now());
  }

  /** A clock that lags this much may stand still, which does not count, or be at rest. */
  @Test
  void noStampGoesFarBeyondTheClock() {
    step(Duration.ofMillis(200));
    nanoTime.advance(Duration.ofMillis(1001));
    assertThat(clock.beginAt()).isEqualTo(clock.now());
    step(Duration.ofMillis(200));
    clock.rest();
    nanoTime.advance(Duration.ofMillis(7));

    assertThat(clock.beginAt()).isEqualTo(clock.now());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 250, 251, 10_000})
  void aLateTickCountsInFull(long millis) {
    step(Duration.ofMillis(millis));

    assertThat(clock.now()).isEqualTo(Duration.ofMillis(millis).toNanos());
    assertThat(clock.stoodStillNanos(0)).isZero();
  }

  @Test
  void aGapOfWhichNothingIsKnownCountsInFull() {
    RunningClock unaware = new RunningClock(nanoTime, Standstill.unknown());

    nanoTime.advance(Duration.ofSeconds(10));
    unaware.advance(TICK);

    assertThat(unaware.now()).isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void ofAPauseOneTickCounts() {
    standstill.nanos = Duration.ofSeconds(10).toNanos();

    step(Duration.ofSeconds(10));

    assertThat(clock.now()).isEqualTo(TICK);
    assertThat(clock.stoodStillNanos(0)).isEqualTo(Duration.ofSeconds(10).toNanos() - TICK);
    assertThat(clock.wallAgeNanos(0, clock.now())).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertThat(clock.latestAt(0)).as("covered by the allowance").isZero();
  }

  @Test
  void ofAGapThatIsPartlyAPauseTheRestCounts() {
    standstill.nanos = Duration.ofSeconds(7).toNanos();

    step(Duration.ofSeconds(10));

    assertThat(clock.now()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(clock.latestAt(0)).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(clock.wallAgeNanos(0, clock.now())).isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void aShortStandstillIsTime() {
    standstill.nanos = Duration.ofMillis(200).toNanos();

    step(Duration.ofMillis(400));

    assertThat(clock.now()).isEqualTo(Duration.ofMillis(400).toNanos());
  }

  @Test
  void theTimeOfAPauseIsNotMadeUpLater() {
    standstill.nanos = Duration.ofSeconds(10).toNanos();

    step(Duration.ofSeconds(10));
    step(Duration.ofNanos(4));

    assertThat(clock.now()).isEqualTo(TICK + 4);
  }

  @Test
  void aStampFromBeforeALateTickMayBeAsLateAsItsEnd() {
    step(Duration.ofNanos(STEP));
    step(Duration.ofNanos(STEP + 2));
    step(Duration.ofNanos(STEP));

    assertThat(clock.latestAt(0)).isZero();
    assertThat(clock.latestAt(STEP)).isEqualTo(2 * STEP + 2);
    assertThat(clock.latestAt(2 * STEP + 2)).isEqualTo(2 * STEP + 2);
  }

  @Test
  void nanoTimeThatGoesBackAddsNothing() {
    AtomicLong nanoTime = new AtomicLong(100);
    RunningClock clock = new RunningClock(nanoTime::get);

    nanoTime.set(90);
    clock.advance(TICK);

    assertThat(clock.now()).isZero();
  }

  @Test
  void forgetsTheTimeDuringWhichNobodyNeededIt() {
    nanoTime.advance(Duration.ofHours(1));
    clock.resume();
    step(Duration.ofNanos(4));

    assertThat(clock.now()).isEqualTo(4);
  }

  @Test
  void whatIsUsedIsNotedFourTimesASecond() {
    clock.resume();

    for (int i = 0; i < 100; i++) {
      step(Duration.ofMillis(10));
    }

    assertThat(standstill.notes).isEqualTo(1 + 4);
  }

  @Test
  void nobodyIsJudgedForTwoTicksAfterAGap() {
    step(Duration.ofMillis(251));
    assertThat(clock.mayJudge()).isFalse();

    step(Duration.ofMillis(10));
    assertThat(clock.mayJudge()).isFalse();

    step(Duration.ofMillis(10));
    assertThat(clock.mayJudge()).isTrue();
  }

  @Test
  void wiresAreAskedAtOnceIfTheJvmRanInTheGap() {
    step(Duration.ofMillis(251));
    assertThat(clock.mayLook()).isTrue();

    standstill.nanos = Standstill.NOT_KNOWN;
    step(Duration.ofMillis(10));
    step(Duration.ofMillis(10));
    step(Duration.ofMillis(251));
    assertThat(clock.mayLook()).as("in doubt").isFalse();

    standstill.nanos = Duration.ofSeconds(1).toNanos();
    step(Duration.ofMillis(10));
    step(Duration.ofMillis(10));
    step(Duration.ofSeconds(1));
    assertThat(clock.mayLook()).as("stood still").isFalse();
  }

  @Test
  void aGapInWhichTheJvmRanIsMoreThanTwoTicks() {
    step(Duration.ofMillis(251));

    step(Duration.ofMillis(251));

    assertThat(clock.mayJudge()).isTrue();
  }

  @Test
  void aPauseAfterAGapIsOneTick() {
    step(Duration.ofMillis(300));
    standstill.nanos = Duration.ofSeconds(1).toNanos();

    step(Duration.ofSeconds(1));
    assertThat(clock.mayJudge()).isFalse();

    step(Duration.ofSeconds(1));
    assertThat(clock.mayJudge()).isTrue();
  }

  private void step(Duration length) {
    nanoTime.advance(length);
    clock.advance(TICK);
  }
}
