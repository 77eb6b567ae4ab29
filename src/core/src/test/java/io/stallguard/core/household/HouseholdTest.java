package io.stallguard.core.household;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HouseholdTest {
  private final Rig rig = new Rig("idle=1s");

  @Test
  void anAbortRunsOffTheWatchdog() {
    rig.threads.holdAborts = true;

    Guard guard = stall();

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.abort.aborts).isZero();
    rig.threads.heldAborts.remove().run();
    assertThat(rig.abort.aborts).isEqualTo(1);
    assertThat(rig.threads.heldAborts).isEmpty();
  }

  @Test
  void aStallIsReportedOnceWhenItsReaderIsFree() {
    Guard guard = stall();
    rig.tick();
    assertThat(rig.log).isEmpty();

    guard.stallException(null);
    guard.stallException(null);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream stalled, aborted: first-byte limit of 1 s exceeded")
        .contains("reader released 0.01 s after the decision");
  }

  @Test
  void aReportDoesNotWaitForAReaderForEver() {
    stall();

    rig.run(Duration.ofMillis(1950));
    assertThat(rig.log).isEmpty();
    rig.run(Duration.ofMillis(100));

    assertThat(rig.log).singleElement().asString().contains("reader not released yet");
  }

  @Test
  void aReaderThatIsReleasedBeforeTheAbortReturnsIsReportedAfterIt() {
    rig.threads.holdAborts = true;
    Guard guard = stall();

    guard.stallException(null);
    rig.tick();
    assertThat(rig.log).isEmpty();
    rig.threads.heldAborts.remove().run();
    rig.tick();

    assertThat(rig.log).hasSize(1);
  }

  @Test
  void anAbortThatThrowsIsEscalatedAtOnce() {
    rig.abort.failure = new IOException("broken");

    Guard guard = stall();
    guard.stallException(null);
    rig.tick();

    assertThat(rig.abort.escalations).isEqualTo(1);
    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(0))
        .startsWith(
            "internal error, the app is not affected: abort of okhttp: java.io.IOException");
    assertThat(rig.log.get(1)).startsWith("stream stalled, aborted by escalation: ");
  }

  @Test
  void anAbortThatHangsIsEscalatedAfterItsLimit() {
    rig.threads.holdAborts = true;
    rig.abort.frees = true;
    stall();

    rig.run(Duration.ofMillis(500));
    assertThat(rig.abort.escalations).isZero();
    rig.tick();
    assertThat(rig.abort.escalations).isEqualTo(1);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.abort.escalations).isEqualTo(1);
    assertThat(rig.log).singleElement().asString().contains("aborted by escalation");
  }

  @Test
  void anEscalationThatHasToWaitForItsThreadIsAskedForOnce() {
    rig.threads.holdAborts = true;
    rig.threads.holdEscalations = true;

    stall();
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.threads.heldEscalations).hasSize(1);
  }

  @Test
  void anAbortThatReturnsAfterItsEscalationSaysSo() {
    rig.threads.holdAborts = true;
    Guard guard = stall();
    rig.run(Duration.ofMillis(520));

    rig.threads.heldAborts.remove().run();
    guard.stallException(null);
    rig.tick();

    assertThat(rig.log).singleElement().asString().contains("aborted, after an escalation");
  }

  @Test
  void anAbortThatHangsWithItsEscalationIsReportedAsStillRunning() {
    rig.threads.holdAborts = true;
    rig.threads.holdEscalations = true;

    stall();
    rig.run(Duration.ofMillis(2020));

    assertThat(rig.log).singleElement().asString().contains("abort still running");
  }

  @Test
  void anEscalationThatFailsIsToldInTheReportWithoutLineBreaks() {
    rig.abort.failure = new IOException("broken");
    rig.abort.escalationFailure = new IOException("broken\ntoo");

    Guard guard = stall();
    guard.stallException(null);
    rig.run(Duration.ofMillis(2100));

    assertThat(rig.log).hasSize(3);
    assertThat(rig.log.get(2))
        .startsWith("stream stalled, abort failed: java.io.IOException: broken?too: ");
  }

  @Test
  void anAsynchronousConsumerIsReleasedByItsAbort() {
    Guard guard = rig.engine.open(Exchanges.reply(), stalled -> stalled.stallException(null));
    rig.tick();
    guard.requested();

    rig.run(Duration.ofMillis(1050));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .contains("reader released 0 s after the decision")
        .contains("asynchronous consumer");
  }

  @Test
  void ticksGoOnUntilTheReportIsWritten() {
    assertThat(rig.hasWork()).isFalse();

    Guard guard = stall();
    assertThat(rig.hasWork()).isTrue();
    guard.stallException(null);
    rig.tick();

    assertThat(rig.hasWork()).isFalse();
  }

  @Test
  void aReportThatIsStillInWorkIsWrittenBeforeTheJvmEnds() {
    stall();

    rig.household().flush(null);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.log).singleElement().asString().contains("reader not released yet");
  }

  @Test
  void aLookThatFailsCostsNoOtherStreamItsGuard() {
    rig.threads.failure = new IllegalStateException("no thread");
    Guard first = rig.open();
    Guard second = rig.open();
    first.awaiting();
    second.awaiting();

    rig.run(Duration.ofMillis(1050));
    assertThat(first.isStalled()).isTrue();
    assertThat(second.isStalled()).isTrue();
    rig.threads.failure = null;
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .contains("watchdog: java.lang.IllegalStateException: no thread");
  }

  private Guard stall() {
    Guard guard = rig.open();
    guard.awaiting();
    while (!guard.isStalled()) {
      rig.tick();
    }
    return guard;
  }
}
