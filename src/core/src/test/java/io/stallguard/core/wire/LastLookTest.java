package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The wire is asked before a verdict, and what waits there is no silence of the server. */
class LastLookTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Rig rig = new Rig("idle=1s,total=30s");
  private final List<Look> looks = new ArrayList<>();
  private Exception failure;
  private Error error;
  private boolean quick;
  private final Guard guard = open();

  @Test
  void twoLooksInARowThatFindNothingMakeAStall() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    assertThat(looks).hasSize(1);

    looks.get(0).nothing();
    rig.tick();
    rig.tick();
    assertThat(looks).as("not within two ticks").hasSize(1);
    rig.run(Rig.TOLERANCE);
    assertThat(looks).hasSize(2);
    assertThat(guard.isStalled()).isFalse();

    looks.get(1).nothing();
    rig.tick();

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.counters().foundWaiting()).isZero();
  }

  @Test
  void aQuickLookIsAskedByTheWatchdogItself() {
    rig.threads.holdLooks = true;
    quick = true;
    guard.requested();

    rig.run(LIMIT.plus(Rig.TOLERANCE).plus(Rig.TOLERANCE));

    assertThat(looks).hasSize(2);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatComesWhileTheWireIsAskedAheadIsInTime() {
    guard.requested();
    while (looks.isEmpty()) {
      rig.tick();
    }
    looks.get(0).nothing();

    guard.arrived(1);
    guard.requested();
    rig.run(LIMIT);

    assertThat(guard.isStalled()).isFalse();
    assertThat(looks).hasSize(1);
  }

  @Test
  void whatWaitsIsFetchedBeforeAnybodyIsJudged() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    looks.get(0).nothing();
    rig.run(Rig.TOLERANCE);

    for (int look = 1; look < 20; look++) {
      looks.get(look).waits();
      rig.run(Rig.TOLERANCE);
    }
    assertThat(guard.isStalled()).isFalse();
    assertThat(rig.counters().foundWaiting()).as("once a verdict").isEqualTo(1);
    guard.arrived(10);
    guard.requested();
    int asked = looks.size();
    rig.run(LIMIT);

    assertThat(guard.isStalled()).isFalse();
    assertThat(looks).as("the next silence has its own").hasSize(asked);
  }

  @Test
  void theReportTellsThatSomethingHadWaited() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    looks.get(0).waits();
    rig.run(Rig.TOLERANCE);
    looks.get(1).nothing();
    rig.run(Duration.ofMillis(200));
    assertThat(looks).as("on its way to the reader").hasSize(2);
    rig.run(Duration.ofMillis(100));
    looks.get(2).nothing();
    rig.run(Rig.TOLERANCE);

    assertThat(guard.stallException(null)).hasMessageContaining("no byte for 1.");
    rig.tick();
    assertThat(rig.log).singleElement().asString().contains("verdict put off before");
  }

  @Test
  void whatNobodyFetchesForOneMoreLimitIsAStallOfTheClient() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));

    answerEach(LIMIT.minus(Rig.TOLERANCE), Look::unfetched);
    assertThat(guard.isStalled()).isFalse();
    answerEach(Rig.TOLERANCE.multipliedBy(3), Look::unfetched);

    assertThat(guard.isStalled()).isTrue();
    rig.tick();
    assertThat(rig.log)
        .last()
        .asString()
        .contains("bytes or an end wait that the client does not fetch")
        .doesNotContain("the app was busy");
  }

  /** A pool's answer comes before each look at what is behind it. */
  @Test
  void looksThatFindNothingInBetweenChangeNothing() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));

    for (int look = 0; look < 500 && !guard.isStalled(); look++) {
      Look last = looks.get(looks.size() - 1);
      if (looks.size() % 2 == 0) {
        last.unfetched();
      } else {
        last.nothing();
      }
      rig.tick();
    }

    assertThat(guard.isStalled()).isTrue();
    rig.tick();
    assertThat(rig.log).last().asString().contains("the client does not fetch");
  }

  @Test
  void whoWasSeenAtWorkOnceHasItsTimeAnew() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));

    for (int limit = 0; limit < 5; limit++) {
      answerEach(LIMIT.minus(Rig.TOLERANCE.multipliedBy(3)), Look::unfetched);
      answerEach(Rig.TOLERANCE, Look::waits);
    }

    assertThat(guard.isStalled()).isFalse();
    assertThat(rig.counters().foundWaiting()).isEqualTo(1);
  }

  @Test
  void aPoolThatIsBusyForManyLimitsIsNeverJudged() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));

    answerEach(LIMIT.multipliedBy(10), Look::waits);

    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void bytesThatAreFetchedAtLastEndTheSilence() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    answerEach(LIMIT.minus(Rig.TOLERANCE), Look::unfetched);

    guard.arrived(1);
    guard.requested();
    answerEach(LIMIT, Look::unfetched);

    assertThat(guard.isStalled()).isFalse();
  }

  private void answerEach(Duration length, Consumer<Look> answer) {
    for (long left = length.toNanos(); left > 0; left -= Rig.TICK.toNanos()) {
      looks.forEach(answer);
      rig.tick();
    }
  }

  @Test
  void aServerThatWasKeptFromSendingGetsItsWholeTime() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    looks.get(0).nothing();
    rig.run(Rig.TOLERANCE);

    looks.get(1).noRoom();
    rig.run(LIMIT);

    assertThat(looks).as("the silence begins anew").hasSize(2);
    rig.run(Rig.TOLERANCE.plus(Rig.TOLERANCE));
    assertThat(looks).hasSize(3);
    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void bytesBetweenTheLooksMakeThemMoot() {
    guard.requested();
    rig.run(LIMIT.plus(Rig.TOLERANCE));
    looks.get(0).nothing();
    rig.tick();
    guard.arrived(1);
    guard.requested();

    rig.run(LIMIT.minus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isFalse();
    assertThat(looks).hasSize(1);
  }

  @Test
  void readsThatAreShorterThanTheLooksAreOneSilence() {
    for (int read = 0; read < 200 && guard.awaiting(); read++) {
      rig.tick();
      looks.forEach(Look::nothing);
      guard.unserved();
      rig.clock.advance(Duration.ofNanos(1000));
    }

    assertThat(guard.isStalled()).isTrue();
    assertThat(looks).hasSize(2);
  }

  @Test
  void aLookThatIsNotAnsweredPutsTheVerdictOffAndIsRepeated() {
    guard.requested();

    rig.run(LIMIT.multipliedBy(5));

    assertThat(guard.isStalled()).isFalse();
    assertThat(looks).hasSizeBetween(4, 5);
  }

  /** The looks are of a pool whose tasks wait for longer than the limit, and run. */
  @Test
  void anAnswerCountsThoughItsLookWasAskedForAgainMeanwhile() {
    guard.requested();
    rig.run(LIMIT.multipliedBy(5).dividedBy(2));
    looks.get(0).nothing();
    rig.run(LIMIT.multipliedBy(3).dividedBy(2));
    assertThat(guard.isStalled()).isFalse();

    looks.get(looks.size() - 1).nothing();
    rig.tick();

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void theLimitOnTheWholeStreamWaitsForNoLook() {
    guard.requested();

    rig.run(Duration.ofSeconds(31));

    assertThat(guard.stallException(null)).hasMessageStartingWith("total limit");
  }

  @Test
  void anOperatorWaitsForNoLook() {
    guard.requested();
    rig.run(LIMIT.multipliedBy(2));

    rig.watchdog().abort(guard);

    assertThat(guard.stallException(null)).hasMessageStartingWith("aborted by an operator");
  }

  @Test
  void whatCannotBeAskedHoldsNobodyOff() {
    failure = new IllegalStateException("of the wire");
    guard.requested();

    rig.run(LIMIT.plus(Rig.TOLERANCE).plus(Rig.TOLERANCE));

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.engine.errors().count()).isEqualTo(2);
  }

  @Test
  void wantOfMemoryTellsNothingOfTheWire() {
    error = new OutOfMemoryError("Java heap space");
    guard.requested();
    rig.run(LIMIT.multipliedBy(2));
    assertThat(guard.isStalled()).isFalse();

    error = null;
    rig.run(Rig.TOLERANCE);
    looks.forEach(Look::nothing);
    rig.run(Duration.ofMillis(300));
    looks.forEach(Look::nothing);
    rig.run(Rig.TOLERANCE);

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aLookThatFindsNoThreadIsTriedAgainEachSecond() {
    rig.threads.failure = new OutOfMemoryError("unable to create native thread");
    guard.requested();
    rig.run(LIMIT.multipliedBy(3));
    assertThat(guard.isStalled()).isFalse();

    rig.threads.failure = null;
    rig.run(LIMIT);
    assertThat(looks).hasSize(1);
    looks.get(0).nothing();
    rig.run(Rig.TOLERANCE);
    looks.get(1).nothing();
    rig.run(Rig.TOLERANCE);

    assertThat(guard.isStalled()).isTrue();
  }

  private Guard open() {
    Guard opened = rig.engine.open(Exchanges.reply(), new Looked());
    rig.tick();
    return opened;
  }

  /** Is asked by the test. */
  private final class Looked implements Abort, LastLook {
    @Override
    public LastLook lastLook() {
      return this;
    }

    @Override
    public void ask(Look look) throws Exception {
      if (error != null) {
        throw error;
      }
      if (failure != null) {
        throw failure;
      }
      looks.add(look);
      if (quick) {
        look.nothing();
      }
    }

    @Override
    public boolean isQuick() {
      return quick;
    }

    @Override
    public void abort(Guard stalled) {
      stalled.released();
    }
  }
}
