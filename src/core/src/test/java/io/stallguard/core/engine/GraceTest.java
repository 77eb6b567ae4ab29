package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.Rig;
import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.Mark;
import io.stallguard.core.body.ShownName;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What comes after a mark: the grace, its end, and streams that go on. */
class GraceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Rig rig = Rig.exactly("");

  @Test
  void theMarkSaysHowLongTheGraceIs() {
    Guard brief = marked(rig, Mark.SHORT);
    Guard full = marked(rig, Mark.LONG);
    Guard none = marked(rig, Mark.NONE);

    rig.run(Duration.ofMillis(5300));
    assertThat(brief.isEnded()).isTrue();
    rig.run(Duration.ofSeconds(54));
    assertThat(full.isEnded()).isFalse();
    rig.run(Duration.ofSeconds(2));
    assertThat(full.isEnded()).isTrue();
    rig.run(Duration.ofSeconds(230));
    assertThat(none.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(20));

    assertThat(none.isStalled()).isTrue();
  }

  @Test
  void aGraceThatIsSetHoldsAfterEveryMark() {
    Rig set = Rig.exactly("done-grace=2s");
    Guard brief = marked(set, Mark.SHORT);
    Guard full = marked(set, Mark.LONG);
    Guard elsewhere = marked(set, Mark.NONE);
    Guard open = set.open();
    read(open, START + DELTA);

    set.run(Duration.ofMillis(2300));

    assertThat(brief.isEnded()).isTrue();
    assertThat(full.isEnded()).isTrue();
    assertThat(elsewhere.isEnded()).isTrue();
    assertThat(open.isDecided()).isFalse();
  }

  @Test
  void heartbeatsPutNoGraceOffAndAnyOtherEventEndsIt() {
    Guard beating = marked(rig, Mark.SHORT);
    Guard going = marked(rig, Mark.SHORT);

    for (int i = 0; i < 6; i++) {
      rig.run(SECOND);
      read(beating, PING);
      read(going, PING);
      if (i == 3) {
        lifecycle(going);
      }
    }
    rig.run(Duration.ofMinutes(4));

    assertThat(beating.isEnded()).isTrue();
    assertThat(going.isDecided()).isFalse();
  }

  @Test
  void contentLongAfterAMarkTakesTheGraceFromItsHost() {
    Guard other = rig.engine.open(Exchanges.to("https://other.example/v1/messages"), rig.abort);
    Guard first = marked(rig, Mark.SHORT);
    rig.run(Duration.ofSeconds(4));
    lifecycle(first);
    rig.run(Duration.ofMillis(100));
    read(first, DELTA);
    first.events().answer().ends(Mark.SHORT);
    Guard second = marked(rig, Mark.LONG);
    read(other, DELTA);
    end(other, Mark.SHORT);

    rig.run(Duration.ofSeconds(70));

    assertThat(first.isDecided()).isFalse();
    assertThat(second.isDecided()).isFalse();
    assertThat(other.isEnded()).isTrue();
    assertThat(rig.log)
        .filteredOn(line -> line.startsWith("no done-grace for api.example.com any more"))
        .hasSize(1);
    rig.run(Duration.ofSeconds(235));
    assertThat(second.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void anEventThatHasBegunBehindTheEndIsWaitedFor() {
    Guard going = marked(rig, Mark.SHORT);
    read(going, "event: content_block_delta\ndata: {\"delta\":{\"text\":\"half");

    rig.run(Duration.ofSeconds(100));
    assertThat(going.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(210));

    assertThat(going.stallException(null)).hasMessageStartingWith("idle limit of 300 s exceeded");
  }

  @Test
  void contentLongAfterAnErrorTakesTheGraceFromItsHostToo() {
    Guard warned = failed(rig);
    rig.run(Duration.ofSeconds(4));
    read(warned, DELTA);
    Guard done = marked(rig, Mark.SHORT);
    Guard failed = failed(rig);

    rig.run(Duration.ofSeconds(70));

    assertThat(done.isDecided()).isFalse();
    assertThat(failed.isDecided()).isFalse();
    assertThat(rig.log)
        .filteredOn(line -> line.startsWith("no done-grace for api.example.com any more"))
        .hasSize(1);
    rig.run(Duration.ofSeconds(235));
    assertThat(failed.stallException(null))
        .hasMessageStartingWith("idle limit of 300 s exceeded")
        .hasMessageContaining(" after the provider's error overloaded_error; ");
  }

  @Test
  void contentAtOnceAfterAnErrorTakesNothingFromItsHost() {
    Guard warned = failed(rig);
    rig.run(Duration.ofMillis(900));
    read(warned, DELTA);

    rig.run(SECOND);

    assertThat(rig.log).isEmpty();
  }

  @Test
  void theLineOnSuchAHostIsToldOnce() {
    for (int i = 0; i < 3; i++) {
      Guard guard = marked(rig, Mark.LONG);
      rig.run(Duration.ofSeconds(2));
      read(guard, DELTA);
    }

    rig.run(SECOND);

    assertThat(rig.log).hasSize(1);
  }

  @Test
  void whatFollowsAMarkAtOnceTakesNothing() {
    Guard guard = marked(rig, Mark.LONG);
    rig.run(Duration.ofMillis(900));
    read(guard, DELTA);
    end(guard, Mark.SHORT);
    rig.run(Duration.ofSeconds(3));
    lifecycle(guard);
    end(guard, Mark.SHORT);

    rig.run(Duration.ofSeconds(6));

    assertThat(guard.isEnded()).isTrue();
    assertThat(rig.log).noneMatch(line -> line.startsWith("no done-grace"));
  }

  @Test
  void aGraceThatIsSetHoldsThoughStreamsOfTheHostGoOn() {
    Rig set = Rig.exactly("done-grace=4s");
    Guard first = marked(set, Mark.SHORT);
    set.run(Duration.ofSeconds(2));
    read(first, DELTA);
    end(first, Mark.SHORT);

    set.run(Duration.ofSeconds(5));

    assertThat(first.isEnded()).isTrue();
  }

  @Test
  void theEndAfterAProvidersErrorIsAnExceptionThatNamesIt() {
    Guard guard = failed(rig);

    rig.run(Duration.ofSeconds(58));
    assertThat(guard.isDecided()).isFalse();
    rig.run(Duration.ofSeconds(4));

    assertThat(guard.isEnded()).isFalse();
    assertThatThrownBy(() -> guard.endOrThrow(new IOException("Socket closed")))
        .isInstanceOf(StallTimeoutException.class)
        .hasMessageStartingWith(
            "done-grace limit of 60 s exceeded: connection open, and nothing more, for 60.")
        .hasMessageContaining(" after the provider's error overloaded_error; POST")
        .hasMessageEndingWith("partial content delivered");
    assertThat(rig.counters().stalled()).containsKey("done-grace");
  }

  @Test
  void anErrorThatContentFollowsIsNone() {
    Guard guard = failed(rig);
    read(guard, DELTA);
    end(guard, Mark.SHORT);

    rig.run(Duration.ofSeconds(6));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void anErrorIsNamedToWhereTheGraceIsIgnored() {
    Rig ignoring = Rig.exactly("after-done=ignore,idle=10s");
    Guard guard = failed(ignoring);

    ignoring.run(Duration.ofSeconds(11));

    assertThat(guard.stallException(null))
        .hasMessageStartingWith("idle limit of 10 s exceeded: no byte for 10.")
        .hasMessageContaining(" after the provider's error overloaded_error; ");
  }

  @Test
  void observeModeEndsAndThrowsNothing() throws IOException {
    Rig observing = Rig.exactly("mode=observe,truncated=throw,idle=10s");
    Guard done = marked(observing, Mark.SHORT);
    Guard failed = failed(observing);
    Guard cut = observing.open();
    read(cut, START);

    observing.run(Duration.ofSeconds(70));

    assertThat(done.isDecided()).isFalse();
    assertThat(failed.isDecided()).isFalse();
    assertThat(cut.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(cut.truncation()).isNull();
    assertThat(observing.counters().truncated()).isEqualTo(1);
  }

  private static Guard marked(Rig rig, Mark mark) {
    Guard guard = rig.open();
    read(guard, START + DELTA);
    end(guard, mark);
    return guard;
  }

  private static void lifecycle(Guard guard) {
    guard.events().at(guard.now(), true);
    guard.events().happened(EventKind.LIFECYCLE, ShownName.constant("message_start"));
  }

  private static Guard failed(Rig rig) {
    Guard guard = rig.open();
    read(guard, START + DELTA);
    guard.events().answer().fails("overloaded_error", true, true, true);
    return guard;
  }

  /** The event that came last is taken for one that ends the answer like this. */
  private static void end(Guard guard, Mark mark) {
    guard.events().answer().ends(mark);
  }
}
