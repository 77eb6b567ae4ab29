package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemandTest {
  private final Rig rig = new Rig("idle=1s");
  private final Guard guard = rig.open();
  private final Demand demand = new Demand(guard);

  @Test
  void aConsumerThatIsBeingSubscribedIsNotWaiting() {
    demand.requested(1);

    assertThat(isWaiting()).isFalse();
  }

  @Test
  void waitsOnceTheSubscriptionIsTakenIfItAskedForAnything() {
    demand.requested(1);

    demand.delivered();

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void doesNotWaitForWhatItHasNotAskedFor() {
    demand.delivered();

    assertThat(isWaiting()).isFalse();
  }

  @Test
  void waitsWhenItAsksWhileNothingIsBeingDelivered() {
    demand.delivered();

    demand.requested(1);

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void isNotWaitingWhileItIsBusyHoweverLongAndHoweverMuchItAskedFor() {
    demand.requested(100);
    demand.delivered();

    demand.delivering(5);
    rig.run(Duration.ofMinutes(1));

    assertThat(isWaiting()).isFalse();
    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aClientThatIsSlowToHandOverWhatItHasReadIsNoSilentServer() {
    demand.requested(1);
    demand.delivered();
    guard.buffered(5);

    for (int item = 0; item < 5; item++) {
      rig.run(Duration.ofMillis(900));
      demand.delivering();
      demand.requested(1);
      demand.delivered();
    }

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void norDoesItMakeASilenceOfEvents() {
    Rig events = new Rig("idle=1s,event-idle=2s");
    Guard stream = events.open();
    Demand late = new Demand(stream);
    late.requested(1);
    late.delivered();
    stream.buffered(5);

    for (int item = 0; item < 5; item++) {
      events.run(Duration.ofMillis(900));
      late.delivering();
      late.requested(1);
      late.delivered();
    }
    for (int bytes = 0; bytes < 3; bytes++) {
      events.run(Duration.ofMillis(600));
      stream.buffered(1);
    }
    assertThat(stream.isStalled()).isFalse();

    events.run(Duration.ofMillis(400));
    assertThat(stream.isStalled()).isTrue();
  }

  @Test
  void norDoesItWhereTicksAreLate() {
    Rig events = new Rig("idle=1500ms,event-idle=2s");
    Guard stream = events.open();
    Demand late = new Demand(stream);
    late.requested(1);
    late.delivered();
    stream.buffered(5);

    for (int item = 0; item < 20; item++) {
      events.tick(Duration.ofMillis(600));
      events.clock.advance(Duration.ofMillis(300));
      for (int ofTick = 0; ofTick < 2; ofTick++) {
        late.delivering();
        late.requested(1);
        late.delivered();
      }
    }

    assertThat(stream.isStalled()).isFalse();
  }

  @Test
  void waitsAgainFromTheMomentItIsNoLongerBusy() {
    demand.requested(2);
    demand.delivered();
    demand.delivering(5);
    rig.run(Duration.ofMinutes(1));

    demand.delivered();

    assertThat(isWaiting()).isTrue();
    assertThat(GuardWord.sinceOf(guard.word())).isEqualTo(rig.watchdog().clock().now());
  }

  @Test
  void itemsThatWereAskedForOneByOneAreUsedUpOneByOne() {
    demand.delivered();
    demand.requested(1);
    demand.requested(1);

    deliver();
    assertThat(isWaiting()).isTrue();
    deliver();

    assertThat(isWaiting()).isFalse();
  }

  @Test
  void whatIsAskedForDuringADeliveryIsWaitedForAfterIt() {
    demand.delivered();
    demand.requested(1);

    demand.delivering(1);
    demand.requested(1);
    assertThat(isWaiting()).isFalse();
    demand.delivered();

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void unboundedDemandIsNeverUsedUp() {
    demand.requested(Long.MAX_VALUE);
    demand.delivered();

    for (int i = 0; i < 1000; i++) {
      deliver();
    }

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void hugeDemandsAddUpToAnUnboundedOneAndDoNotOverflow() {
    demand.delivered();
    for (int i = 0; i < 5; i++) {
      demand.requested(Long.MAX_VALUE / 3);
    }

    deliver();

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void itemsThatNobodyAskedForLeaveNoDebt() {
    demand.delivered();
    deliver();
    deliver();
    assertThat(isWaiting()).isFalse();

    demand.requested(1);

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void anItemIsAnArrival() {
    demand.delivered();
    demand.requested(2);
    rig.run(Duration.ofMillis(900));

    boolean live = deliver();
    rig.run(Duration.ofMillis(900));

    assertThat(live).isTrue();
    assertThat(guard.progress().bytes()).isEqualTo(1);
    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void anItemAfterTheDecisionIsToBeDropped() {
    demand.delivered();
    demand.requested(2);
    rig.run(Duration.ofMillis(1050));

    assertThat(demand.delivering(1)).isFalse();
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatWasAskedForCountsNoLongerOnceItIsAskedAnew() {
    demand.requested(Long.MAX_VALUE);
    demand.delivered();

    boolean live = demand.renewing();
    demand.delivered();

    assertThat(live).isTrue();
    assertThat(isWaiting()).isFalse();
  }

  @Test
  void waitsForWhatItAsksForWhenItIsAskedAnew() {
    demand.requested(Long.MAX_VALUE);
    demand.delivered();

    demand.renewing();
    demand.requested(1);
    assertThat(isWaiting()).isFalse();
    demand.delivered();

    assertThat(isWaiting()).isTrue();
  }

  @Test
  void isNotToBeAskedAnewAfterTheDecision() {
    demand.requested(1);
    demand.delivered();
    rig.run(Duration.ofMillis(1050));

    assertThat(demand.renewing()).isFalse();
  }

  @Test
  void aConsumerIsNotSilentWhileItTakesItsTimeBeforeItFetches() {
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
    rig.run(Duration.ofMillis(500));

    demand.renewing();
    rig.run(Duration.ofMinutes(1));
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
    rig.run(Duration.ofMillis(490));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(60));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatOneOfTwoRequestersTellsTooLateIsNotWaitedFor() {
    demand.delivered();
    demand.requested(2);
    demand.delivering(1);
    guard.requested();
    rig.run(Duration.ofMinutes(1));
    assertThat(guard.isStalled()).as("busy").isFalse();

    demand.delivered();
    rig.run(Duration.ofMillis(900));
    assertThat(guard.isStalled()).as("waits since it is back").isFalse();
    rig.run(Duration.ofMillis(150));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatIsToldAfterAllHasComeIsNotWaitedForUntilThereIsMoreToCome() {
    demand.delivered();
    demand.requested(1);
    deliver();
    guard.requested();
    rig.run(Duration.ofMinutes(1));
    assertThat(guard.isStalled()).as("nothing is owed").isFalse();

    demand.requested(1);
    rig.run(Duration.ofMillis(900));
    assertThat(guard.isStalled()).as("waits since it asked").isFalse();
    rig.run(Duration.ofMillis(150));

    assertThat(guard.isStalled()).isTrue();
  }

  private boolean deliver() {
    boolean live = demand.delivering(1);
    demand.delivered();
    return live;
  }

  private boolean isWaiting() {
    return GuardWord.isWaiting(guard.word());
  }
}
