package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchanges;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A silence goes on over whatever brings nothing: only time under demand counts, and all of it. */
class PausedSilenceTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Rig rig = new Rig("idle=1s");
  private final Guard guard = rig.open();

  @Test
  void readsThatBringNothingAreOneSilence() {
    isStalledAfterTheLimit(each -> each.arrived(0));
  }

  @Test
  void readsThatTheClientsOwnTimeoutEndsAreOneSilence() {
    isStalledAfterTheLimit(Guard::unserved);
  }

  @Test
  void nothingForABufferIsNoArrival() {
    isStalledAfterTheLimit(each -> each.buffered(0));
  }

  private void isStalledAfterTheLimit(Consumer<Guard> nothing) {
    for (int i = 0; i < 3; i++) {
      guard.awaiting();
      rig.run(SHORT);
      nothing.accept(guard);
    }
    guard.awaiting();
    rig.run(Duration.ofMillis(90));
    assertThat(guard.isStalled()).isFalse();

    rig.run(Duration.ofMillis(10).plus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isTrue();
    assertThat(guard.progress().chunks()).isZero();
    assertThat(guard.stallException(null))
        .hasMessageContaining("no byte for 1.0")
        .hasMessageEndingWith("nothing delivered: safe to retry");
  }

  @Test
  void timeBetweenTwoReadsDoesNotCount() {
    for (int i = 0; i < 3; i++) {
      guard.awaiting();
      rig.run(SHORT);
      guard.unserved();
      rig.run(Duration.ofMinutes(1));
    }

    guard.awaiting();
    rig.run(Duration.ofMillis(80));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(20).plus(Rig.TOLERANCE));
    assertThat(guard.isStalled()).isTrue();
  }

  /** The clock's step is longer than both. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void readsThatAreShorterThanATickCountForAsLongAsTheyWait(int millis) {
    Duration waits = Duration.ofMillis(millis);
    Duration pauses = Duration.ofMillis(10 - millis);
    int due = 1000 / millis;

    for (int i = 0; i < due; i++) {
      wait(waits, pauses);
    }
    assertThat(guard.isStalled()).isFalse();
    for (int i = 0; i < 60 / millis + 2; i++) {
      wait(waits, pauses);
    }

    assertThat(guard.isStalled()).isTrue();
  }

  /** The tick comes within the wait. */
  private void wait(Duration waits, Duration pauses) {
    guard.awaiting();
    rig.clock.advance(waits.dividedBy(2));
    rig.watchdog().tick();
    rig.clock.advance(waits.dividedBy(2));
    guard.unserved();
    rig.clock.advance(pauses);
  }

  @Test
  void bytesEndASilenceThatIsPaused() {
    guard.awaiting();
    rig.run(Duration.ofMillis(900));
    guard.unserved();

    guard.arrived(1);
    guard.awaiting();
    rig.run(Duration.ofMillis(900));

    assertThat(guard.isStalled()).isFalse();
    assertThat(Duration.ofNanos(guard.progress().firstGapNanos())).isEqualTo(millis(900));
  }

  @Test
  void bytesForABufferEndASilenceThatIsPaused() {
    guard.awaiting();
    rig.run(Duration.ofMillis(900));
    guard.unserved();
    rig.run(Duration.ofMillis(900));

    guard.buffered(1);
    assertThat(guard.word()).isEqualTo(GuardWord.IDLE);
    guard.awaiting();
    rig.run(Duration.ofMillis(900));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void theGapThatBytesEndIsTheSumOfTheWaits() {
    guard.arrived(1);
    guard.awaiting();
    rig.run(SHORT);
    guard.unserved();
    rig.run(Duration.ofSeconds(5));
    guard.awaiting();
    rig.run(SHORT);

    guard.arrived(1);

    assertThat(Duration.ofNanos(guard.progress().laterGapNanos())).isEqualTo(millis(600));
  }

  @Test
  void aSilenceThatIsPausedIsNotTripped() {
    guard.awaiting();
    rig.run(Duration.ofMillis(900));
    guard.unserved();
    rig.run(Duration.ofMinutes(1));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aStreamThatEndsInAPauseIsOver() {
    guard.awaiting();
    rig.run(SHORT);
    guard.unserved();

    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(guard.awaiting()).isTrue();
    rig.run(Duration.ofSeconds(5));

    assertThat(guard.isStalled()).isFalse();
    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void anObservedSilenceIsReportedOnceAndResumesWithBytesOnly() {
    Rig observing = new Rig("idle=1s,mode=observe");
    Guard observed = observing.open();
    for (int i = 0; i < 10; i++) {
      observed.awaiting();
      observing.run(SHORT);
      observed.unserved();
      observing.tick();
      observed.arrived(0);
    }
    assertThat(observing.log).singleElement().asString().contains("limit of 1 s exceeded");

    observed.arrived(5);
    observing.tick();

    assertThat(observing.log).hasSize(2);
    assertThat(observing.log.get(1)).startsWith("stream resumed after 3");
    assertThat(observing.counters().resumed()).isEqualTo(1);
  }

  @Test
  void whatWasReportedInAPauseIsJudgedOnceTheModeBecomesEnforce() {
    long paused = GuardWord.paused(GuardWord.of(7, GuardWord.OBSERVED));

    assertThat(GuardWord.isReported(paused)).isTrue();
    assertThat(GuardWord.unreported(paused)).isEqualTo(GuardWord.of(7, GuardWord.PAUSED));
  }

  @Test
  void anItemWithoutBytesIsNoArrival() {
    Demand demand = new Demand(guard);
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
    for (int i = 0; i < 3; i++) {
      rig.run(SHORT);
      demand.delivering(0);
      demand.delivered();
    }

    rig.run(Duration.ofMillis(100).plus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isTrue();
    assertThat(guard.progress().chunks()).isZero();
  }

  @Test
  void aConsumerThatIsBusyWithAnItemWithoutBytesIsNotWaiting() {
    Demand demand = new Demand(guard);
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
    rig.run(Duration.ofMillis(900));

    demand.delivering(0);
    rig.run(Duration.ofMinutes(1));
    demand.delivered();

    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(100).plus(Rig.TOLERANCE));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whoeverIsServedFromAQueueAfterAnItemWithoutBytesBeginsAnew() {
    Demand demand = new Demand(guard);
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
    rig.run(Duration.ofMillis(900));
    demand.delivering(0);
    demand.delivered();

    demand.delivering();
    demand.delivered();
    rig.run(Duration.ofMillis(900));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void nothingIsNoProgressWhereEventsCannotBeTold() {
    Rig events = new Rig("idle=off,event-idle=2s,content-types=*");
    Guard plain =
        events.engine.open(Exchanges.of("POST", "https://h.example/", "text/plain"), events.abort);
    events.tick();
    read(plain, DELTA);
    for (int i = 0; i < 3; i++) {
      events.run(Duration.ofMillis(600));
      plain.scan(new byte[0], 0, 0);
      plain.scan(ByteBuffer.allocate(0));
      plain.arrived(0);
      plain.awaiting();
    }

    events.run(Duration.ofMillis(200).plus(Rig.TOLERANCE));

    assertThat(plain.isStalled()).isTrue();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
