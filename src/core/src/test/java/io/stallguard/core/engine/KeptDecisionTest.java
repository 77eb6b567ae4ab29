package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A decision is kept until its reader is free, whatever fails on the way. */
class KeptDecisionTest {
  private static final OutOfMemoryError NO_THREAD =
      new OutOfMemoryError("unable to create native thread");
  private static final Duration ROUND = Duration.ofMillis(1010);

  private final Rig rig = new Rig("idle=1s");

  @BeforeEach
  void abortsFreeTheirReaders() {
    rig.abort.frees = true;
  }

  @Test
  void aThreadThatIsNotToBeHadIsAskedForAgainEachSecond() {
    rig.threads.failure = NO_THREAD;
    Guard guard = stall();

    rig.run(Duration.ofMinutes(2));
    assertThat(rig.abort.aborts).isZero();
    rig.threads.failure = null;
    rig.run(ROUND);

    assertThat(rig.abort.aborts + rig.abort.escalations).isPositive();
    assertThat(guard.incident().releasedNanos()).isPositive();
    rig.run(Duration.ofSeconds(3));
    assertThat(rig.abort.aborts).isLessThanOrEqualTo(1);
    assertThat(rig.hasWork()).isFalse();
    assertThat(rig.counters().stalled()).containsEntry("first-byte", 1L);
    assertThat(rig.counters().failedAborts()).isZero();
    assertThat(rig.log).anyMatch(line -> line.contains("stream stalled, aborted"));
  }

  @Test
  void whatThrowsIsTriedAgainEachSecondUntilItWorks() {
    rig.abort.failure = new IOException("broken");
    rig.abort.escalationFailure = new IOException("broken too");
    stall();

    rig.run(Duration.ofMillis(4500));
    assertThat(rig.abort.aborts).isEqualTo(5);
    assertThat(rig.abort.escalations).isEqualTo(5);
    assertThat(rig.counters().failedAborts()).isEqualTo(1);
    assertThat(rig.log).anyMatch(line -> line.startsWith("stream stalled, abort failed: "));
    rig.abort.failure = null;
    rig.run(ROUND);

    assertThat(rig.abort.aborts).isEqualTo(6);
    assertThat(rig.log)
        .last()
        .asString()
        .startsWith("reader of stream 1 released ")
        .contains("attempt 6: POST http");
    rig.run(Duration.ofSeconds(5));
    assertThat(rig.abort.aborts).isEqualTo(6);
    assertThat(rig.counters().failedAborts()).isEqualTo(1);
  }

  @Test
  void anExchangeThatCouldNotBeEndedIsTriedAgainThoughItsReaderIsFree() {
    rig.abort.failure = new IOException("broken");
    rig.abort.escalationFailure = new IOException("broken too");
    stall().stallException(null);

    rig.run(Duration.ofMillis(4500));
    assertThat(rig.abort.aborts).isEqualTo(5);
    assertThat(rig.log).anyMatch(line -> line.startsWith("stream stalled, abort failed: "));
    rig.abort.failure = null;
    rig.run(ROUND);

    assertThat(rig.abort.aborts).isEqualTo(6);
    assertThat(rig.log)
        .last()
        .asString()
        .startsWith("exchange of stream 1 ended ")
        .contains("aborted, attempt 6: POST http");
    rig.run(Duration.ofSeconds(5));
    assertThat(rig.abort.aborts).isEqualTo(6);
    assertThat(rig.counters().failedAborts()).isEqualTo(1);
    assertThat(rig.hasWork()).isFalse();
  }

  @Test
  void wantThatIsOverWithinASecondIsNoFailure() {
    rig.abort.failure = NO_THREAD;
    rig.abort.escalationFailure = NO_THREAD;
    stall().stallException(null);
    rig.tick();
    rig.abort.failure = null;

    rig.run(Duration.ofSeconds(5));

    assertThat(rig.abort.aborts).isEqualTo(2);
    assertThat(rig.counters().failedAborts()).isZero();
    assertThat(rig.log).anyMatch(line -> line.startsWith("stream stalled, aborted: "));
  }

  @Test
  void whatIsLeftUndoneForWantOfThreadsIsKeptThoughNobodyHoldsTheStream() {
    rig.abort.failure = NO_THREAD;
    rig.abort.escalationFailure = NO_THREAD;
    stall().stallException(null);
    rig.run(Duration.ofMillis(3500));
    rig.letGo();
    for (int i = 0; i < 10; i++) {
      System.gc();
      rig.tick();
    }
    assertThat(rig.hasWork()).isTrue();
    rig.abort.failure = null;
    rig.run(ROUND);

    assertThat(rig.abort.aborts).isEqualTo(5);
    assertThat(rig.hasWork()).isFalse();
  }

  @Test
  void anAbortThatReturnsAndFreesNobodyIsFollowedByTheSecondWay() {
    rig.abort.frees = false;
    Guard guard = stall();
    rig.run(Duration.ofMillis(1400));
    assertThat(rig.abort.escalations).isZero();

    rig.run(Duration.ofMillis(200));
    assertThat(rig.abort.escalations).isEqualTo(1);
    guard.stallException(null);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.abort.escalations).isEqualTo(1);
    assertThat(rig.log).singleElement().asString().contains("aborted, after an escalation");
  }

  @Test
  void anAbortThatHangsIsNotAskedForTwice() {
    rig.threads.holdAborts = true;
    rig.threads.holdEscalations = true;
    stall();

    rig.run(Duration.ofSeconds(10));

    assertThat(rig.threads.heldAborts).hasSize(1);
    assertThat(rig.threads.heldEscalations).hasSize(1);
  }

  @Test
  void aSecondWayIsTriedAgainWhileTheAbortHangs() {
    rig.threads.holdAborts = true;
    rig.abort.escalationFailure = new IOException("broken");
    stall();

    rig.run(Duration.ofMillis(3600));

    assertThat(rig.abort.escalations).isEqualTo(4);
  }

  @Test
  void whereNothingCouldBeDoneTheReportSaysSo() {
    rig.abort.failure = new NothingDoneException("the socket is not to be had");
    rig.abort.escalationFailure = new NothingDoneException("there is no second way");
    Guard guard = stall();

    guard.stallException(null);
    rig.tick();

    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream stalled, abort failed: the socket is not to be had: ");
    assertThat(rig.counters().failedAborts()).isEqualTo(1);
    assertThat(rig.engine.errors().count()).isZero();
  }

  @Test
  void aClientHasNoSecondWayUnlessItSaysSo() {
    Guard guard =
        rig.engine.open(
            Exchanges.reply(),
            stalled -> {
              throw new NothingDoneException("closed by another");
            });
    rig.tick();
    guard.awaiting();

    rig.run(Duration.ofSeconds(4));

    assertThat(rig.counters().failedAborts()).isEqualTo(1);
    assertThat(rig.log).singleElement().asString().contains("abort failed: closed by another");
  }

  @Test
  void aStreamThatNobodyHoldsAnyMoreIsLetGo() {
    rig.abort.failure = new NothingDoneException("nothing there");
    rig.abort.escalationFailure = rig.abort.failure;
    WeakReference<Guard> gone = new WeakReference<>(stall());
    rig.run(Duration.ofSeconds(3));
    assertThat(rig.hasWork()).isTrue();

    rig.letGo();
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }
    rig.tick();

    assertThat(gone.get()).isNull();
    assertThat(rig.hasWork()).isFalse();
  }

  @Test
  void aDecisionIsHeardThoughWhoTookItFailedInTheEnd() {
    Guard guard = openDeciding(new Taking(new OutOfMemoryError("after the decision")));

    rig.run(Duration.ofMillis(1100));

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.counters().stalled()).containsEntry("first-byte", 1L);
    assertThat(guard.incident().releasedNanos()).isPositive();
  }

  @Test
  void whoCannotBeAskedIsAskedAgainSoonAndNotAWholeLimitLater() {
    Rig patient = new Rig("idle=30s");
    Refusing refusing = new Refusing();
    Guard guard = patient.engine.open(Exchanges.reply(), refusing);
    patient.tick();
    guard.awaiting();

    patient.run(Duration.ofMillis(30_500));
    assertThat(refusing.asked).isEqualTo(1);
    patient.run(ROUND);

    assertThat(refusing.asked).isEqualTo(2);
    assertThat(guard.isStalled()).isTrue();
  }

  private Guard openDeciding(Abort abort) {
    Guard guard = rig.engine.open(Exchanges.reply(), abort);
    rig.tick();
    guard.requested();
    return guard;
  }

  private Guard stall() {
    Guard guard = rig.open();
    guard.awaiting();
    while (!guard.isStalled()) {
      rig.tick();
    }
    return guard;
  }

  /** Decides and fails then. */
  private static final class Taking implements Abort {
    private final Error failure;

    Taking(Error failure) {
      this.failure = failure;
    }

    @Override
    public void decide(Guard guard, Decision decision) {
      decision.take();
      throw failure;
    }

    @Override
    public void abort(Guard guard) {
      guard.stallException(null);
    }
  }

  /** Fails the first time it is asked. */
  private static final class Refusing implements Abort {
    private int asked;

    @Override
    public void decide(Guard guard, Decision decision) {
      if (asked++ == 0) {
        throw new OutOfMemoryError("no memory to ask");
      }
      decision.take();
    }

    @Override
    public void abort(Guard guard) {
      guard.stallException(null);
    }
  }
}
