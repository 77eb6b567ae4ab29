package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a breaker lifts, what it leaves, and what it learns from that. */
class BreakerReachTest {
  private final SilentCrowd crowd = new SilentCrowd("idle=1s,breaker.pause=10m");

  /** The operators said 1 s, and the server needs 20 s now and then. */
  @Test
  void whatResumesWhileItIsOpenGivesTheAdviceOnce() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(20));
    crowd.held.forEach(guard -> guard.arrived(1));
    crowd.rig.run(Duration.ofSeconds(400));

    assertThat(crowd.lines("limit too short"))
        .singleElement()
        .asString()
        .startsWith("limit too short for api.example.com: first-byte=1 s (agent argument); 14 ")
        .containsPattern(" of up to 20\\.\\d s; recommended: first-byte=1m$");
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
  }

  @Test
  void whatResumesOfEventsGivesTheAdviceToo() {
    SilentCrowd crowd = new SilentCrowd("event-idle=2s,idle=off,first-byte=off");
    for (int i = 0; i < 30; i++) {
      crowd.held.add(crowd.rig.engine.open(Exchanges.reply(), crowd.rig.abort));
    }
    crowd.held.forEach(Guard::awaiting);
    for (int i = 0; i < 20; i++) {
      crowd.rig.run(Duration.ofSeconds(1));
      crowd.held.forEach(guard -> SilentCrowd.come(guard, ": ping\n\n"));
    }
    crowd.held.forEach(guard -> SilentCrowd.come(guard, "data: {\"a\":1}\n\n"));
    crowd.rig.run(Duration.ofSeconds(20));

    assertThat(crowd.lines("limit too short"))
        .singleElement()
        .asString()
        .contains("event-idle=2 s (agent argument); 14 ")
        .containsPattern(" of up to 20\\.\\d s; recommended: event-idle=1m$");
  }

  /** The others show that the limit is too short; it is one that died. */
  @Test
  void aDeadStreamAmongSlowOnesIsNoOutage() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(200));
    crowd.held.get(29).arrived(1);
    crowd.rig.run(Duration.ofSeconds(110));

    assertThat(crowd.rig.abort.aborts).isEqualTo(29);
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
    assertThat(crowd.lines("breaker closed")).isEmpty();
  }

  @Test
  void otherLimitsAreAsTheyAre() {
    crowd.rig.engine.change("total=5s", "test");
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    Guard done = crowd.rig.open();
    done.awaiting();
    SilentCrowd.come(done, "event: message_stop\ndata: {}\n\n");
    assertThat(crowd.rig.abort.aborts).isEqualTo(16);

    crowd.rig.run(Duration.ofSeconds(8));

    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
    assertThat(done.isEnded() || done.isStalled()).isTrue();
    assertThat(crowd.lines("total limit of 5 s exceeded")).isNotEmpty();
    assertThat(crowd.rig.abort.aborts).isEqualTo(31);
  }

  @Test
  void wholeAnswersThatLingerAreNoStalls() {
    crowd.rig.engine.change("after-done=throw,done-grace=2s", "test");
    crowd.silent(30);
    crowd.held.forEach(guard -> SilentCrowd.come(guard, "event: message_stop\ndata: {}\n\n"));
    crowd.rig.run(Duration.ofSeconds(10));

    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.rig.engine.breakers().open()).isZero();
  }

  @Test
  void atTheDefaultsItLiftsNothingAndHindersNothing() {
    SilentCrowd crowd = new SilentCrowd("");
    for (int i = 0; i < 60; i++) {
      crowd.held.add(crowd.rig.engine.open(Exchanges.reply(), crowd.rig.abort));
    }
    crowd.held.forEach(Guard::awaiting);
    for (int i = 0; i < 3100; i++) {
      crowd.rig.tick(Duration.ofMillis(100));
    }

    assertThat(crowd.rig.abort.aborts).isEqualTo(60);
    assertThat(crowd.lines("BREAKER")).isEmpty();
  }

  @Test
  void modeObserveJudgesAtThePlainLimits() {
    crowd.rig.engine.change("rule.o.match=api.example.com/v2/*,rule.o.mode=observe", "test");
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    Guard seen =
        crowd.rig.engine.open(Exchanges.to("https://api.example.com/v2/messages"), crowd.rig.abort);
    seen.awaiting();
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.lines("would have been aborted (mode=observe): first-byte limit of 1 s"))
        .hasSize(1);
    assertThat(seen.isStalled()).isFalse();
  }

  /** The client decides on a thread of its own, some time after it was asked. */
  @Test
  void whatWasAskedAboutBeforeItOpenedIsLeftToo() {
    Decision[] asked = new Decision[1];
    Abort slow =
        new Abort() {
          @Override
          public void abort(Guard guard) {
            guard.released();
          }

          @Override
          public void decide(Guard guard, Decision decision) {
            asked[0] = decision;
          }
        };
    Guard late = crowd.rig.engine.open(Exchanges.reply(), slow);
    crowd.held.add(late);
    late.awaiting();
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);

    assertThat(asked[0].take()).isFalse();

    crowd.rig.run(Duration.ofSeconds(100));
    assertThat(late.isStalled()).isFalse();
    crowd.rig.run(Duration.ofSeconds(205));
    assertThat(asked[0].take()).isTrue();
  }
}
