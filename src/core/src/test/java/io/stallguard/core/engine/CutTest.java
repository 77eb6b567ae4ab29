package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is blocked in a read of a socket is freed before any thread is asked for the rest. */
class CutTest {
  private final Rig rig = new Rig("idle=1s,breaker.share=off");
  private final List<String> done = new ArrayList<>();
  private final List<Guard> guards = new ArrayList<>();
  private RuntimeException failure;

  @Test
  void theReaderIsFreeBeforeAnAbortThreadIsThere() {
    rig.threads.holdAborts = true;
    Guard guard = waiting();

    silence();

    assertThat(guard.isStalled()).isTrue();
    assertThat(done).containsExactly("cut");
  }

  @Test
  void theAbortFollowsAndTheReportTellsOfBoth() {
    rig.threads.holdAborts = true;
    Guard guard = waiting();
    silence();
    guard.stallException(null);
    rig.tick();
    assertThat(rig.log).as("the abort is still due").isEmpty();

    rig.threads.heldAborts.remove().run();
    rig.tick();

    assertThat(done).containsExactly("cut", "abort");
    assertThat(rig.log).singleElement().asString().contains("stream stalled, aborted");
  }

  @Test
  void thereIsAnOutcomeBeforeAnythingIsClosed() {
    List<Boolean> decided = new ArrayList<>();
    Guard guard =
        rig.engine.open(
            Exchanges.reply(),
            new Cut() {
              @Override
              public boolean cut() {
                return decided.add(guardOf(this).isStalled());
              }
            });
    guards.add(guard);
    guard.awaiting();

    silence();

    assertThat(decided).containsExactly(true);
  }

  @Test
  void aCutThatFailsLeavesItToTheAbort() {
    failure = new IllegalStateException("of the socket");
    waiting();

    silence();

    assertThat(done).containsExactly("cut", "abort");
    assertThat(rig.engine.errors().count()).isEqualTo(1);
  }

  /** What the watchdog does itself the verdicts behind wait for. */
  @Test
  void onlyTheFirstOfEachTickAreFreedSo() {
    rig.threads.holdAborts = true;
    for (int i = 0; i < 100; i++) {
      waiting();
    }

    silence();

    assertThat(done).hasSize(16).containsOnly("cut");
    assertThat(rig.threads.heldAborts).hasSize(100);
  }

  /** What cannot be freed so takes nobody's place. */
  @Test
  void whoCannotBeFreedTakesNoPlace() {
    rig.threads.holdAborts = true;
    for (int i = 0; i < 100; i++) {
      guards.add(rig.engine.open(Exchanges.reply(), guard -> done.add("abort")));
    }
    guards.forEach(Guard::awaiting);
    for (int i = 0; i < 16; i++) {
      waiting();
    }

    silence();

    assertThat(done).hasSize(16).containsOnly("cut");
  }

  private Guard waiting() {
    Guard guard = rig.engine.open(Exchanges.reply(), new Cut());
    guards.add(guard);
    guard.awaiting();
    return guard;
  }

  private Guard guardOf(Abort abort) {
    return guards.stream().filter(each -> each.abort() == abort).findFirst().orElseThrow();
  }

  private void silence() {
    rig.run(Duration.ofMillis(1060));
  }

  /** Notes what is asked of it. */
  private class Cut implements Abort {
    @Override
    public boolean cut() {
      done.add("cut");
      if (failure != null) {
        throw failure;
      }
      return true;
    }

    @Override
    public void abort(Guard guard) {
      done.add("abort");
    }
  }
}
