package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.Look;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire is asked so early that its looks are over when the verdict is due. */
class EarlyLookTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofMillis(200);

  private final Rig rig = new Rig("idle=1s,total=30s");
  private final List<Look> looks = new ArrayList<>();
  private Duration roundTrip = Duration.ZERO;
  private final Guard guard = open();

  @Test
  void theLooksAreOverWhenTheVerdictIsDue() {
    guard.requested();

    rig.run(LIMIT);
    assertThat(guard.isStalled()).isFalse();

    rig.run(Duration.ofMillis(30));
    assertThat(guard.isStalled()).isTrue();
  }

  /** Who has given a window back lets the server send from then on only. */
  @Test
  void whereTheServerMayHaveHadNoRoomTheLooksHaveARoundTripBetweenThem() {
    roundTrip = Duration.ofMillis(200);
    guard.requested();
    while (looks.isEmpty()) {
      rig.tick();
    }

    rig.run(Duration.ofMillis(190));
    assertThat(looks).hasSize(1);

    rig.run(Duration.ofMillis(60));
    assertThat(looks).hasSize(2);
    assertThat(guard.isStalled()).isTrue();
    assertThat(guard.incident().stall().silence().ranNanos())
        .as("no later for it")
        .isBetween(LIMIT.toNanos(), LIMIT.plus(Rig.TOLERANCE).toNanos());
  }

  @Test
  void aShortLimitHasNoLongRoundTrip() {
    roundTrip = Duration.ofSeconds(10);
    guard.requested();

    rig.run(LIMIT.plus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isTrue();
  }

  /** A quota that is used up, say. */
  @Test
  void whereEachTickIsLateNoneIsWaitedForInVain() {
    guard.requested();
    Duration late = Duration.ofMillis(300);

    for (int tick = 0; tick < 4; tick++) {
      rig.tick(late);
      assertThat(guard.isStalled()).isFalse();
    }
    rig.tick(late);

    assertThat(looks).hasSize(2);
    assertThat(guard.isStalled()).isTrue();
  }

  /** The second look falls on the first tick after the time of the verdict. */
  @Test
  void whereEachTickIsLateASilenceFromTheBeginIsSeenInTime() {
    rig.tick(LATE);
    rig.clock.advance(Duration.ofMillis(10));
    Guard late = rig.engine.open(Exchanges.reply(), new Looked());
    late.requested();
    rig.tick(LATE.minusMillis(10));

    while (rig.watchdog().clock().now() < Duration.ofMillis(1200).toNanos()) {
      rig.tick(LATE);
      assertThat(late.isStalled()).isFalse();
    }
    rig.tick(LATE);

    assertThat(late.isStalled()).isTrue();
  }

  private Guard open() {
    Guard opened = rig.engine.open(Exchanges.reply(), new Looked());
    rig.tick();
    return opened;
  }

  /** Finds nothing, at once. */
  private final class Looked implements Abort, LastLook {
    @Override
    public LastLook lastLook() {
      return this;
    }

    @Override
    public long roundTripNanos() {
      return roundTrip.toNanos();
    }

    @Override
    public void ask(Look look) {
      looks.add(look);
      look.nothing();
    }

    @Override
    public boolean isQuick() {
      return true;
    }

    @Override
    public void abort(Guard stalled) {
      stalled.released();
    }
  }
}
