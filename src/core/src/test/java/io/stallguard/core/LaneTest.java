package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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

  @Test
  void aStreamOfAnotherLaneIsNotHeldUp() {
    Guard other = rig.open();
    other.requested();
    demand.delivering(1);

    rig.run(Duration.ofMillis(1050));

    assertThat(other.isStalled()).isTrue();
  }

  @Test
  void aStreamThatIsOverHoldsNobodyUp() {
    silent.requested();
    demand.delivering(1);
    busy.finished();

    rig.run(Duration.ofMillis(1050));

    assertThat(silent.isStalled()).isTrue();
  }

  private Guard open() {
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort, lane);
    rig.tick();
    return guard;
  }
}
