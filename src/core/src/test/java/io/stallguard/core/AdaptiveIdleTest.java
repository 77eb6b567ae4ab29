package io.stallguard.core;

import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.beat;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The idle limit that nobody set: learned from heartbeats. */
class AdaptiveIdleTest {
  @Test
  void aReplyIsSilentForFiveMinutesBeforeItShowsHeartbeats() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);

    rig.run(Duration.ofSeconds(299));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void heartbeatsEveryTenSecondsMakeSilenceAStallAfterAMinute() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    beat(rig, guard, 3, Duration.ofSeconds(10));

    rig.run(Duration.ofMillis(59_900));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(700));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 60 s exceeded");
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log.get(0)).contains("idle=60 s (learned from heartbeats up to 10");
  }

  @Test
  void threeTimesTheLongestGapBetweenHeartbeatsIsTheLimit() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    beat(rig, guard, 3, Duration.ofSeconds(10));
    beat(rig, guard, 1, Duration.ofSeconds(40));
    beat(rig, guard, 3, Duration.ofSeconds(10));

    rig.run(Duration.ofSeconds(119));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(3));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void heartbeatsThatAreFarApartNeverMakeTheLimitLongerThanFiveMinutes() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    beat(rig, guard, 3, Duration.ofSeconds(290));

    rig.run(Duration.ofSeconds(304));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void heartbeatsThatLayInABufferTeachNothing() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    rig.run(Duration.ofSeconds(100));
    guard.satisfied();
    rig.run(Duration.ofSeconds(100));
    guard.awaiting();
    read(guard, PING);
    read(guard, PING);
    read(guard, PING);

    rig.run(Duration.ofSeconds(290));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSilentSubscriptionIsNotKilledByTheDefaults() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    read(guard, "event: message\ndata: {}\n\n");

    rig.run(Duration.ofHours(3));

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSubscriptionThatShowedHeartbeatsIsReleasedWhenTheyCease() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);
    guard.awaiting();
    beat(rig, guard, 3, Duration.ofSeconds(15));

    rig.run(Duration.ofSeconds(59));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(2));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void anExplicitIdleLimitIsTakenAsItIs() {
    Rig rig = new Rig("idle=100s");
    Guard guard = rig.open();
    beat(rig, guard, 4, Duration.ofSeconds(5));

    rig.run(Duration.ofSeconds(99));
    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(3));

    assertThat(guard.isStalled()).isTrue();
  }
}
