package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Outrunner;
import io.stallguard.core.words.Exchanges;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aStreamThatNobodyWaitsForIsNeverTripped() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();

    rig.run(HOUR);

    assertThat(guard.isStalled()).isFalse();
    assertThat(rig.abort.aborts).isZero();
  }

  @Test
  void aReaderThatWaitsForLongerThanTheLimitIsReleased() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();

    rig.run(Duration.ofMillis(1000));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Rig.TOLERANCE);

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.abort.aborts).isEqualTo(1);
  }

  @Test
  void anAsynchronousConsumerThatWaitsForLongerThanTheLimitIsReleased() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.requested();

    rig.run(Duration.ofMillis(1050));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void timeWithoutDemandIsNoSilence() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();

    for (int i = 0; i < 20; i++) {
      guard.awaiting();
      rig.run(Duration.ofMillis(900));
      guard.satisfied();
      rig.run(Duration.ofMillis(900));
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSlowConsumerIsNeverTrippedHoweverLongItTakesOverItsBytes() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();

    for (int i = 0; i < 5; i++) {
      guard.awaiting();
      rig.tick();
      guard.arrived(100);
      rig.run(Duration.ofMinutes(1));
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void eachArrivalBeginsTheSilenceAnew() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();

    for (int i = 0; i < 50; i++) {
      rig.run(Duration.ofMillis(990));
      guard.buffered(1);
    }

    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(1050));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void theFirstByteHasALimitOfItsOwn() {
    Rig rig = new Rig("idle=1s,first-byte=3s");
    Guard silent = rig.open();
    Guard begun = rig.open();
    silent.awaiting();
    begun.awaiting();
    begun.arrived(1);
    begun.awaiting();

    rig.run(Duration.ofMillis(1050));
    assertThat(begun.isStalled()).isTrue();
    assertThat(silent.isStalled()).isFalse();
    rig.run(Duration.ofMillis(2000));

    assertThat(silent.stallException(null)).hasMessageStartingWith("first-byte limit of 3 s");
    assertThat(begun.stallException(null)).hasMessageStartingWith("idle limit of 1 s");
  }

  @Test
  void aFirstByteLimitMayBeShorterThanTheIdleOne() {
    Rig rig = new Rig("idle=1h,first-byte=200ms,event-idle=off");
    Guard silent = rig.open();
    Guard begun = rig.open();
    silent.awaiting();
    begun.awaiting();
    begun.arrived(1);
    begun.awaiting();

    rig.run(Duration.ofSeconds(60));

    assertThat(silent.isStalled()).isTrue();
    assertThat(begun.isStalled()).isFalse();
  }

  @Test
  void limitsThatAreOffNeverTrip() {
    Rig rig = new Rig("idle=off,first-byte=100ms,event-idle=off,done-grace=off");
    Guard begun = rig.open();
    begun.awaiting();
    begun.arrived(1);
    begun.awaiting();

    rig.run(HOUR);

    assertThat(begun.isStalled()).isFalse();
  }

  @Test
  void theTotalLimitEndsAStreamHoweverBusyItIs() {
    Rig rig = new Rig("total=2s,idle=1s");
    Guard guard = rig.open();

    for (int i = 0; i < 210 && !guard.isStalled(); i++) {
      guard.awaiting();
      rig.tick();
      guard.arrived(1);
    }

    assertThat(guard.stallException(null))
        .hasMessageMatching("total limit of 2 s exceeded: stream open for 2\\.0\\d+ s; .*");
  }

  @Test
  void theTotalLimitWaitsUntilSomebodyWaits() {
    Rig rig = new Rig("total=2s,idle=1s");
    Guard guard = rig.open();

    rig.run(Duration.ofSeconds(10));
    assertThat(guard.isStalled()).isFalse();
    guard.awaiting();
    rig.run(Duration.ofMillis(20));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void theTotalLimitHoldsThoughTheReaderOutranTheWatchdogOnce() {
    Outrunner reader = new Outrunner("total=2s");

    reader.outrun();
    assertThat(reader.guard().isStalled()).isFalse();
    reader.run(Duration.ofMillis(100));

    assertThat(reader.guard().isStalled()).isTrue();
  }

  @Test
  void aReaderThatOutrunsADecisionHasAnOrdinaryRead() {
    Outrunner reader = new Outrunner("idle=1s,first-byte=1s");

    reader.outrun();
    assertThat(reader.guard().isStalled()).isFalse();
    reader.run(Duration.ofMillis(1000));
    assertThat(reader.guard().isStalled()).isFalse();
    reader.run(Rig.TOLERANCE);

    assertThat(reader.guard().isStalled()).isTrue();
  }

  @Test
  void aFinishedStreamLeavesTheWheelWithinATurn() {
    Rig rig = new Rig("idle=1h,event-idle=off");
    Guard guard = rig.open();
    assertThat(rig.watched()).isEqualTo(1);

    guard.finished();
    rig.run(Duration.ofSeconds(11));

    assertThat(rig.watched()).isZero();
  }

  @Test
  void aStalledStreamLeavesTheWheelAtOnce() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();

    rig.run(Duration.ofMillis(1050));

    assertThat(rig.watched()).isZero();
  }

  @Test
  void aStreamThatIsOverBeforeItWasSeenIsNeverWatched() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);

    guard.finished();
    rig.tick();

    assertThat(rig.watched()).isZero();
  }

  @Test
  void anAbandonedStreamIsCollectedAndItsEntryDisappears() {
    Rig rig = new Rig("idle=1s");
    WeakReference<Guard> abandoned = abandon(rig);

    for (int i = 0; i < 100 && abandoned.get() != null; i++) {
      System.gc();
    }
    rig.run(Duration.ofSeconds(2));

    assertThat(abandoned.get()).isNull();
    assertThat(rig.watched()).isZero();
    assertThat(rig.abort.aborts).isZero();
  }

  private static WeakReference<Guard> abandon(Rig rig) {
    Guard guard = rig.open();
    guard.awaiting();
    rig.letGo();
    return new WeakReference<>(guard);
  }

  @Test
  void silenceBeforeAStreamWasSeenIsNotCountedWhenTheTickWasTooLongForIt() {
    Rig rig = new Rig("idle=200ms");
    rig.tick(Duration.ofMillis(100));
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);
    guard.awaiting();

    rig.tick(Duration.ofMillis(99));
    rig.run(Duration.ofMillis(200));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Rig.TOLERANCE);

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void oneOfAHundredThousandStreamsIsTripped() {
    Rig rig = new Rig("idle=1s");
    List<Guard> guards = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      guards.add(rig.engine.open(Exchanges.reply(), rig.abort));
    }
    rig.tick();

    guards.get(77_777).awaiting();
    rig.run(Duration.ofMillis(1050));

    assertThat(guards).filteredOn(Guard::isStalled).containsExactly(guards.get(77_777));
    assertThat(rig.watched()).isEqualTo(99_999);
  }

  @Test
  void aHundredThousandStreamsThatStallAtOnceAreAllReleasedInOneTick() {
    Rig rig = new Rig("idle=1s,breaker.share=off");
    List<Guard> guards = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      guards.add(rig.engine.open(Exchanges.reply(), rig.abort));
    }
    rig.tick();

    guards.forEach(Guard::awaiting);
    rig.run(Duration.ofMillis(1050));

    assertThat(guards).allMatch(Guard::isStalled);
    assertThat(rig.abort.aborts).isEqualTo(100_000);
    assertThat(rig.watched()).isZero();
  }

  @Test
  void streamsWithLimitsOfTheirOwnAreEachTrippedInTime() {
    Rig rig = new Rig("idle=2s,first-byte=1s");
    Guard first = rig.open();
    Guard second = rig.open();
    second.awaiting();
    second.arrived(1);
    first.awaiting();
    second.awaiting();

    rig.run(Duration.ofMillis(1050));
    assertThat(first.isStalled()).isTrue();
    assertThat(second.isStalled()).isFalse();
    rig.run(Duration.ofMillis(1000));

    assertThat(second.isStalled()).isTrue();
  }
}
