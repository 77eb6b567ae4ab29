package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.Rig;
import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Rig rig = new Rig("idle=1s");

  @Test
  void isIdleUntilSomebodyWaits() {
    Guard guard = rig.open();

    assertThat(stateOf(guard)).isEqualTo(GuardWord.IDLE);
    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void awaitingBeginsTheSilenceNow() {
    Guard guard = rig.open();
    rig.run(Duration.ofMillis(500));

    boolean watched = guard.awaiting();

    assertThat(watched).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.AWAITING);
    assertThat(GuardWord.sinceOf(guard.word())).isEqualTo(now());
    assertThat(guard.waiter()).isSameAs(Thread.currentThread());
  }

  @Test
  void awaitingAgainLeavesTheSilenceAsItIs() {
    Guard guard = rig.open();
    guard.awaiting();
    long word = guard.word();

    rig.tick();
    boolean watched = guard.awaiting();

    assertThat(watched).isTrue();
    assertThat(guard.word()).isEqualTo(word);
  }

  @Test
  void anAsynchronousConsumerWaitsWithoutAThread() {
    Guard guard = rig.open();

    boolean watched = guard.requested();

    assertThat(watched).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.AWAITING);
    assertThat(guard.waiter()).isNull();
  }

  @Test
  void anArrivalEndsTheWaitAndIsCounted() {
    Guard guard = rig.open();
    guard.awaiting();

    boolean live = guard.arrived(7);

    assertThat(live).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.IDLE);
    assertThat(guard.progress().bytes()).isEqualTo(7);
    assertThat(guard.progress().chunks()).isEqualTo(1);
  }

  @Test
  void aReaderThatIsServedFromABufferNoLongerWaits() {
    Guard guard = rig.open();
    guard.awaiting();

    boolean live = guard.satisfied();

    assertThat(live).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.IDLE);
    assertThat(guard.progress().chunks()).isZero();
  }

  @Test
  void bytesForABufferBeginTheSilenceAnewAndLeaveTheReaderWaiting() {
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(900));

    boolean live = guard.buffered(3);

    assertThat(live).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.AWAITING);
    assertThat(GuardWord.sinceOf(guard.word())).isEqualTo(now());
    assertThat(guard.progress().bytes()).isEqualTo(3);
  }

  @Test
  void bytesForABufferThatNobodyReadsAreNoDemand() {
    Guard guard = rig.open();

    boolean live = guard.buffered(3);

    assertThat(live).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.IDLE);
    assertThat(guard.progress().bytes()).isEqualTo(3);
  }

  @Test
  void anArrivalThatNobodyWaitedForLeavesTheStreamIdle() {
    Guard guard = rig.open();

    assertThat(guard.arrived(3)).isTrue();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.IDLE);
  }

  @Test
  void finishesFromIdleAndFromAwaitingAndForgetsItsEntry() {
    Guard idle = rig.open();
    Guard awaiting = rig.open();
    awaiting.awaiting();

    assertThat(idle.finished()).isTrue();
    assertThat(awaiting.finished()).isTrue();

    assertThat(stateOf(idle)).isEqualTo(GuardWord.FINISHED);
    assertThat(stateOf(awaiting)).isEqualTo(GuardWord.FINISHED);
    assertThat(awaiting.entry().get()).isNull();
    assertThat(awaiting.waiter()).isNull();
  }

  @Test
  void aFinishedStreamStaysFinished() {
    Guard guard = rig.open();
    guard.finished();

    assertThat(guard.awaiting()).isTrue();
    assertThat(guard.requested()).isTrue();
    assertThat(guard.buffered(1)).isTrue();
    assertThat(guard.arrived(1)).isTrue();
    assertThat(guard.satisfied()).isTrue();
    assertThat(guard.finished()).isTrue();

    assertThat(stateOf(guard)).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void aStalledStreamStaysStalledWhateverComesAfterTheDecision() {
    Guard guard = stalled();

    assertThat(guard.awaiting()).isFalse();
    assertThat(guard.requested()).isFalse();
    assertThat(guard.buffered(1)).isFalse();
    assertThat(guard.arrived(1)).isFalse();
    assertThat(guard.satisfied()).isFalse();
    assertThat(guard.finished()).isFalse();

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void onlyAnAwaitedStreamCanBeTripped() {
    Guard guard = rig.open();
    long idle = guard.word();
    Incident incident = incident(guard);

    guard.awaiting();

    assertThat(guard.trip(idle, incident)).isFalse();
    assertThat(stateOf(guard)).isEqualTo(GuardWord.AWAITING);
  }

  @Test
  void aStateThatWasLeftAndEnteredAgainIsNotTakenForTheOldOne() {
    Guard guard = rig.open();
    guard.awaiting();
    long seen = guard.word();
    Incident incident = incident(guard);

    rig.tick();
    guard.arrived(1);
    guard.awaiting();

    assertThat(guard.trip(seen, incident)).isFalse();
    assertThat(guard.move(seen, GuardWord.observed(seen))).isFalse();
    assertThat(guard.isStalled()).isFalse();
  }

  @Test
  void aSilenceThatBeganAgainInABufferIsNotTakenForTheOldOne() {
    Guard guard = rig.open();
    guard.awaiting();
    long seen = guard.word();
    Incident incident = incident(guard);

    rig.tick();
    guard.buffered(1);

    assertThat(guard.trip(seen, incident)).isFalse();
  }

  @Test
  void aFinishedStreamCannotBeTripped() {
    Guard guard = rig.open();
    guard.awaiting();
    long seen = guard.word();
    Incident incident = incident(guard);

    guard.finished();

    assertThat(guard.trip(seen, incident)).isFalse();
    assertThat(guard.finished()).isTrue();
  }

  @Test
  void aTripThatLostTheRaceLeavesNoException() {
    Guard guard = rig.open();
    guard.awaiting();
    long seen = guard.word();
    guard.arrived(1);

    guard.trip(seen, incident(guard));

    assertThatThrownBy(() -> guard.stallException(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void anObservedSilenceEndsLikeAnyOther() {
    Guard arrived = observed();
    Guard satisfied = observed();
    Guard buffered = observed();
    Guard finished = observed();

    assertThat(arrived.arrived(1)).isTrue();
    assertThat(satisfied.satisfied()).isTrue();
    assertThat(buffered.buffered(1)).isTrue();
    assertThat(finished.finished()).isTrue();

    assertThat(stateOf(arrived)).isEqualTo(GuardWord.IDLE);
    assertThat(stateOf(satisfied)).isEqualTo(GuardWord.PAUSED_OBSERVED);
    assertThat(stateOf(buffered)).isEqualTo(GuardWord.AWAITING);
    assertThat(stateOf(finished)).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void anObservedStreamMayBeAwaitedButNotTripped() {
    Guard guard = observed();

    assertThat(guard.awaiting()).isTrue();
    assertThat(guard.requested()).isTrue();

    assertThat(stateOf(guard)).isEqualTo(GuardWord.OBSERVED);
    assertThat(guard.move(GuardWord.of(0, GuardWord.AWAITING), GuardWord.of(0, GuardWord.OBSERVED)))
        .isFalse();
  }

  @Test
  void theExceptionIsATimeoutAndItsOwnRootWithTheClientsOwnBesideIt() {
    Guard guard = stalled();
    IOException closed = new IOException("Socket closed");

    StallTimeoutException exception = guard.stallException(closed);

    assertThat(exception)
        .isInstanceOf(SocketTimeoutException.class)
        .hasNoCause()
        .hasSuppressedException(closed);
    assertThat(guard.stallException(null)).hasNoSuppressedExceptions().isNotSameAs(exception);
  }

  @Test
  void theMessageIsOneLineThatTellsAllButSecrets() {
    Guard guard = rig.engine.open(Exchanges.to("https://u:pw@h.example:8443/v1?key=x"), rig.abort);
    rig.tick();
    guard.awaiting();
    guard.arrived(5);
    guard.awaiting();
    rig.run(IDLE.plus(Rig.TOLERANCE));

    String message = guard.stallException(null).getMessage();

    assertThat(message)
        .matches(
            "idle limit of 1 s exceeded: no byte for 1\\.0\\d+ s;"
                + " POST https://h\\.example:8443/v1, HTTP/1\\.1 200;"
                + " 5 bytes received in 1 read, the last 1\\.0\\d+ s ago;"
                + " partial content delivered");
  }

  @Test
  void theMessageSaysWhenARetryIsSafe() {
    String message = stalled().stallException(null).getMessage();

    assertThat(message)
        .startsWith("first-byte limit of 1 s exceeded: no byte for ")
        .endsWith("no byte of the body received; nothing delivered: safe to retry")
        .doesNotContain("\n");
  }

  private Guard stalled() {
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(IDLE.plus(Rig.TOLERANCE));
    assertThat(guard.isStalled()).isTrue();
    return guard;
  }

  private Guard observed() {
    Guard guard = rig.open();
    guard.awaiting();
    assertThat(guard.move(guard.word(), GuardWord.observed(guard.word()))).isTrue();
    return guard;
  }

  private Incident incident(Guard guard) {
    Stall stall = new Stall(guard, guard.limits().ofReply(true, true), 0, now());
    return new Incident(guard, stall, rig.engine.errors(), rig.clock);
  }

  private long now() {
    return rig.watchdog().clock().now();
  }

  private static int stateOf(Guard guard) {
    return GuardWord.stateOf(guard.word());
  }
}
