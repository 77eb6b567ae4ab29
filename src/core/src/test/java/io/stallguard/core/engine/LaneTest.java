package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.report.Printed;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
  private final Rig rig = new Rig("idle=1s");
  private final Lane lane = new Lane();
  private final Guard silent = open();
  private final Guard busy = open();
  private final Demand demand = new Demand(busy);

  @Test
  void aConsumerThatIsBusyHoldsItsSiblingsUp() {
    silent.requested();
    demand.delivering(1);

    rig.run(Duration.ofSeconds(10));

    assertThat(silent.isStalled()).isFalse();
  }

  @Test
  void aSilenceBeginsWhenTheLaneIsFreeAgain() {
    silent.requested();
    demand.delivering(1);
    rig.run(Duration.ofSeconds(10));
    demand.delivered();

    rig.run(Duration.ofMillis(1000));
    assertThat(silent.isStalled()).isFalse();
    rig.run(Rig.TOLERANCE);

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void aReportTellsTheWholeSilenceAndForHowLongOfItTheLaneWasBusy() {
    silent.arrived(7);
    silent.requested();
    demand.delivering(1);
    rig.run(Duration.ofSeconds(10));
    demand.delivered();
    rig.run(Duration.ofMillis(1100));

    String message = silent.stallException(null).getMessage();
    rig.tick();

    assertThat(message)
        .contains("no byte for 11.02 s (of which the app held the client up for 10 s); ")
        .contains(", the last 11.02 s ago; ");
    assertThat(rig.log.get(0)).contains("verdict put off");
    assertThat(rig.log.get(1)).contains("(of which the app held the client up for 10 s)");
    assertThat(Printed.json(silent.incident()))
        .contains("\"silentSeconds\":11.020,", "\"heldUpSeconds\":10.000,");
  }

  @Test
  void shortDeliveriesThatHappenToMeetTicksHoldNobodyUp() {
    silent.requested();

    for (int i = 0; i < 110; i++) {
      demand.delivering(1);
      rig.tick(Duration.ofNanos(10_100_000));
      demand.delivered();
    }

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void shortDeliveriesThatMeetTheLookHoldNobodyUp() {
    silent.requested();
    rig.run(Duration.ofMillis(900));

    for (int i = 0; i < 20; i++) {
      rig.tick(Duration.ofMillis(2));
      demand.delivering(1);
      rig.tick(Duration.ofMillis(18));
      demand.delivered();
    }

    assertThat(silent.isStalled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 100, 200, 300})
  void deliveriesWithTimeBetweenThemKeepNobodyFromBeingJudged(int busyMillis) {
    silent.requested();

    for (int i = 0; i < 4; i++) {
      demand.delivering(1);
      rig.run(Duration.ofMillis(busyMillis));
      demand.delivered();
      rig.run(Duration.ofMillis(400 - busyMillis));
    }

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void nobodyIsJudgedJustBehindADelivery() {
    silent.requested();
    rig.run(Duration.ofMillis(600));
    demand.delivering(1);
    rig.run(Duration.ofMillis(800));
    demand.delivered();

    rig.run(Duration.ofMillis(190));
    assertThat(silent.isStalled()).isFalse();
    rig.run(Rig.TOLERANCE);

    assertThat(silent.isStalled()).isTrue();
    assertThat(silent.stallException(null)).hasMessageContaining("held the client up for 0.8 s");
  }

  @Test
  void aStreamOfAnotherLaneIsNotHeldUp() {
    Guard other = rig.open();
    other.requested();
    demand.delivering(1);

    rig.run(Duration.ofMillis(1050));

    assertThat(other.isStalled()).isTrue();
  }

  @Test
  void aConsumerThatIsStillBusyAfterTheEndOfItsStreamHoldsItsSiblingsUp() {
    silent.requested();
    demand.delivering(1);
    busy.finished();
    rig.run(Duration.ofSeconds(10));
    assertThat(silent.isStalled()).isFalse();

    demand.delivered();
    rig.run(Duration.ofMillis(1050));

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void aConsumerThatIsNotGuardedHoldsItsSiblingsUpToo() {
    silent.requested();
    BusyMark mark = rig.engine.mark(lane);
    mark.begins();
    rig.run(Duration.ofSeconds(10));
    assertThat(silent.isStalled()).isFalse();
    mark.ends();

    rig.run(Duration.ofMillis(1000));
    assertThat(silent.isStalled()).isFalse();
    rig.run(Rig.TOLERANCE);

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void aConsumerThatGotBusyWhileNobodyWasWatchedHoldsUpWhoComesThen() {
    silent.finished();
    busy.finished();
    BusyMark mark = rig.engine.mark(lane);
    mark.begins();

    Guard late = open();
    late.requested();
    rig.run(Duration.ofSeconds(10));

    assertThat(late.isStalled()).isFalse();
  }

  @Test
  void consumersThatTakeTurnsInBeingBusyHoldNobodyUp() {
    silent.requested();
    BusyMark one = rig.engine.mark(lane);
    BusyMark other = rig.engine.mark(lane);

    one.begins();
    for (int i = 0; i < 60; i++) {
      rig.tick(Duration.ofMillis(9));
      other.begins();
      one.ends();
      rig.tick(Duration.ofMillis(9));
      one.begins();
      other.ends();
    }

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void eachOfManyThatAreBusyAtOnceHoldsItsSiblingsUp() {
    List<BusyMark> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      BusyMark mark = rig.engine.mark(lane);
      mark.begins();
      crowd.add(mark);
    }
    crowd.subList(0, 99).forEach(BusyMark::ends);
    silent.requested();
    rig.run(Duration.ofSeconds(10));
    assertThat(silent.isStalled()).isFalse();

    crowd.get(99).ends();
    rig.run(Duration.ofMillis(1050));

    assertThat(silent.isStalled()).isTrue();
  }

  @Test
  void signalsWithinASignalAndEndsWithoutABeginLeaveNobodyBehind() {
    BusyMark mark = rig.engine.mark(lane);
    mark.ends();
    mark.begins();
    mark.begins();
    mark.ends();
    mark.ends();
    silent.requested();

    rig.run(Duration.ofMillis(1050));

    assertThat(silent.isStalled()).isTrue();
  }

  /** With work for each pair of streams this would take minutes. */
  @Test
  @Timeout(30)
  void aLookAtAStreamCostsTheSameHoweverManyShareItsLane() {
    Rig rig = new Rig("idle=1s,breaker.share=off");
    List<Guard> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      Guard guard = rig.engine.open(Exchanges.reply(), rig.abort, lane);
      guard.requested();
      many.add(guard);
    }

    rig.run(Duration.ofMillis(1100));

    assertThat(many).allMatch(Guard::isStalled);
  }

  private Guard open() {
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort, lane);
    rig.tick();
    return guard;
  }
}
