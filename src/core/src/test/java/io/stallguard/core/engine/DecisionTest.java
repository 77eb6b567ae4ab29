package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stalls that are decided elsewhere than by the watchdog, and later. */
class DecisionTest {
  private final Rig rig = new Rig("idle=1s,event-idle=2s");
  private final List<Decision> asked = new ArrayList<>();
  private int aborts;
  private boolean gone;
  private boolean unknown;
  private final Guard guard = open(rig);

  @Test
  void isAskedForOnceAndUntilItIsTakenNothingIsStalled() {
    guard.requested();

    rig.run(Duration.ofSeconds(10));

    assertThat(asked).hasSize(1);
    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void endsTheStreamWhereItIsTakenAndLeavesTheRestToTheWatchdog() {
    guard.requested();
    rig.run(Duration.ofSeconds(2));

    assertThat(asked.get(0).take()).isTrue();

    assertThat(guard.isStalled()).isTrue();
    assertThat(guard.stallException(null)).hasMessageStartingWith("first-byte limit of 1 s");
    assertThat(aborts).as("nothing of ours starts on the client's thread").isZero();
    rig.tick();
    assertThat(aborts).isEqualTo(1);
    assertThat(rig.counters().stalled()).containsEntry("first-byte", 1L);
    rig.tick();
    assertThat(rig.log).hasSize(1);
  }

  @Test
  void anOperatorAsksTheClientToo() {
    guard.requested();
    rig.tick();

    rig.watchdog().abort(guard);
    assertThat(asked).hasSize(1);
    assertThat(guard.isDecided()).isFalse();
    rig.watchdog().abort(guard);
    assertThat(asked).as("asked once").hasSize(1);

    assertThat(asked.get(0).take()).isTrue();
    rig.run(Duration.ofMillis(200));
    assertThat(aborts).isEqualTo(1);
    assertThat(guard.stallException(null)).hasMessageStartingWith("aborted by an operator: ");
  }

  @Test
  void anOperatorAbortsNothingThatNobodyWaitsFor() {
    rig.watchdog().abort(guard);

    assertThat(asked).isEmpty();
    rig.run(Duration.ofSeconds(5));
    guard.requested();
    rig.run(Duration.ofSeconds(2));
    assertThat(asked).as("it is watched as before").hasSize(1);
  }

  @Test
  void comesTooLateAfterBytes() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));

    guard.arrived(1);
    guard.requested();

    assertThat(asked.get(0).take()).isFalse();
    rig.run(Duration.ofMillis(950));
    assertThat(guard.isStalled()).isFalse();
    assertThat(rig.counters().stalled()).isEmpty();
  }

  @Test
  void isAskedForAgainAfterTheNextSilence() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));
    guard.arrived(1);
    guard.requested();
    asked.get(0).drop();

    rig.run(Duration.ofMillis(1050));

    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).take()).isTrue();
  }

  @Test
  void holdsByteSilenceIfTheClientWasHeldUp() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));
    asked.get(0).noRoom();

    rig.run(Duration.ofMillis(990));
    assertThat(asked).hasSize(1);
    rig.run(Duration.ofMillis(70));

    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).stall().measured())
        .matches("no byte for 2.\\d+ s \\(of which the app held the client up for 1.\\d+ s\\)");
  }

  @Test
  void tellsWhatKeepsTheServerFromSendingOnceItHasLasted() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));
    asked.get(0).noRoom();
    rig.run(Duration.ofMillis(1060));
    assertThat(rig.log).as("the app may read soon").isEmpty();

    asked.get(1).noRoom();
    rig.run(Duration.ofMillis(1060));
    asked.get(2).noRoom();
    rig.run(Duration.ofMillis(20));

    assertThat(rig.log)
        .as("once a minute")
        .singleElement()
        .asString()
        .contains("verdict put off", "leaves the server no room to send, for 1.0");
    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void aServerThatWasKeptFromSendingInAnotherSilenceIsNotToldOf() {
    for (int i = 0; i < 3; i++) {
      guard.requested();
      rig.run(Duration.ofMillis(1060));
      asked.get(i).noRoom();
      rig.run(Duration.ofMillis(20));
      guard.arrived(1);
    }

    assertThat(rig.log).isEmpty();
  }

  @Test
  void holdsEventSilenceIfTheClientWasHeldUp() {
    read(guard, DELTA);
    for (int i = 0; i < 4; i++) {
      rig.run(Duration.ofMillis(515));
      read(guard, PING);
    }
    assertThat(asked).hasSize(1);
    asked.get(0).noRoom();

    for (int i = 0; i < 4; i++) {
      rig.run(Duration.ofMillis(495));
      read(guard, PING);
    }
    assertThat(asked).hasSize(1);
    rig.run(Duration.ofMillis(90));

    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).stall().isOfEvents()).isTrue();
  }

  @Test
  void onASilenceOfEventsIsNotOvertakenByHeartbeats() {
    askAboutEvents();

    rig.run(Duration.ofMillis(400));
    read(guard, PING);
    assertThat(asked).hasSize(1);

    assertThat(asked.get(0).take()).isTrue();
    assertThat(guard.stallException(null)).hasMessageStartingWith("event-idle limit of 2 s");
  }

  @Test
  void onASilenceOfEventsIsOvertakenByAnEvent() {
    askAboutEvents();

    rig.run(Duration.ofMillis(400));
    read(guard, DELTA);

    assertThat(asked.get(0).take()).isFalse();
    assertThat(guard.isDecided()).isFalse();
  }

  private void askAboutEvents() {
    read(guard, DELTA);
    for (int i = 0; i < 4; i++) {
      rig.run(Duration.ofMillis(515));
      read(guard, PING);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void isNoneOnceTheStreamIsOver() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));
    guard.finished();

    assertThat(asked.get(0).take()).isFalse();
    rig.run(Duration.ofSeconds(2));
    assertThat(aborts).isZero();
  }

  @Test
  void isTakenByTheWatchdogOnceNobodyIsLeftToTakeIt() {
    guard.requested();
    rig.run(Duration.ofSeconds(10));

    gone = true;
    rig.run(Duration.ofMillis(100));

    assertThat(guard.isStalled()).isTrue();
    assertThat(aborts).isEqualTo(1);
    assertThat(asked.get(0).take()).as("too late").isFalse();
    assertThat(rig.counters().stalled()).containsEntry("first-byte", 1L);
  }

  @Test
  void isForgottenWithAStreamThatIsOver() {
    guard.requested();
    rig.run(Duration.ofSeconds(2));

    guard.finished();
    rig.run(Duration.ofSeconds(10));

    assertThat(rig.watched()).isZero();
    assertThat(asked.get(0).take()).isFalse();
  }

  @Test
  void isForgottenWhenBytesComeAndTheNextSilenceIsAskedAbout() {
    guard.requested();
    rig.run(Duration.ofSeconds(2));

    guard.arrived(1);
    rig.run(Duration.ofMillis(100));
    guard.requested();
    rig.run(Duration.ofMillis(2500));

    assertThat(asked).hasSize(2);
    assertThat(asked.get(0).take()).isFalse();
    assertThat(asked.get(1).take()).isTrue();
  }

  @Test
  void tellsHowOftenItWasPutOffAndTheWholeSilence() {
    guard.requested();
    rig.run(Duration.ofMillis(1050));
    asked.get(0).noRoom();
    rig.run(Duration.ofMillis(1100));
    asked.get(1).late();
    asked.get(1).late();
    rig.run(Duration.ofMillis(2000));

    assertThat(asked.get(1).take()).isTrue();
    rig.tick();
    assertThat(guard.stallException(null)).hasMessageContaining("no byte for 4.");
    rig.tick();

    assertThat(rig.log)
        .last()
        .asString()
        .contains("verdict put off before, because the app was busy; times: 3");
  }

  @Test
  void tellsOnceWhoHasNotAnsweredForAnotherLimit() {
    guard.requested();
    rig.run(Duration.ofMillis(2000));
    assertThat(rig.log).isEmpty();

    rig.run(Duration.ofSeconds(10));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream silent, verdict put off: its loop has not answered for 1")
        .contains("; first-byte limit of 1 s exceeded: no byte for 2")
        .contains("thread \"" + Thread.currentThread().getName() + "\", RUNNABLE")
        .contains("tellsOnceWhoHasNotAnsweredForAnotherLimit");
    assertThat(asked.get(0).take()).isTrue();
  }

  @Test
  void tellsOnceAMinuteWhoHoldsUpManyStreams() {
    Guard other = open(rig);
    guard.requested();
    other.requested();
    rig.run(Duration.ofSeconds(50));
    assertThat(rig.log).hasSize(1);
    rig.run(Duration.ofSeconds(20));

    Guard third = open(rig);
    third.requested();
    rig.run(Duration.ofSeconds(3));

    assertThat(rig.log).hasSize(2);
  }

  @Test
  void tellsNothingOfAnAnswerThatComesWithinAnotherLimit() {
    guard.requested();
    rig.run(Duration.ofMillis(2000));
    guard.arrived(1);
    rig.run(Duration.ofSeconds(10));

    assertThat(rig.log).isEmpty();
  }

  @Test
  void isWaitedForIfWhoHoldsItUpCannotBeTold() {
    unknown = true;
    guard.requested();
    rig.run(Duration.ofSeconds(10));

    assertThat(rig.engine.errors().count()).isEqualTo(1);
    assertThat(asked.get(0).take()).isTrue();
    rig.run(Duration.ofMillis(100));
    assertThat(aborts).isEqualTo(1);
  }

  @Test
  void isReportedInModeObserveAndTheStreamGoesOn() {
    Rig observing = new Rig("idle=1s,mode=observe");
    Guard observed = open(observing);
    observed.requested();
    observing.run(Duration.ofMillis(1050));

    assertThat(asked.get(0).take()).isFalse();

    observing.run(Duration.ofSeconds(3));
    assertThat(asked).hasSize(1);
    assertThat(observing.log).singleElement().asString().contains("would have");
    assertThat(observed.isDecided()).isFalse();
  }

  private Guard open(Rig where) {
    Guard opened =
        where.engine.open(
            Exchanges.reply(),
            new Abort() {
              @Override
              public void decide(Guard guard, Decision decision) {
                asked.add(decision);
              }

              @Override
              public boolean canDecide() {
                return !gone;
              }

              @Override
              public Holdup holdup() {
                if (unknown) {
                  throw new IllegalStateException("not known");
                }
                return Holdup.of("its loop", Thread.currentThread());
              }

              @Override
              public void abort(Guard guard) {
                aborts++;
              }
            });
    where.tick();
    return opened;
  }
}
