package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilentConnectionTest {
  private static final Duration PERIOD = Duration.ofMillis(300);

  private final Lane lane = new Lane();
  private final List<Guard> held = new ArrayList<>();

  @Test
  void isOneByWhichNobodyHasHadAByteForHalfTheLimit() {
    Rig rig = new Rig("idle=1s");
    Guard released = waiting(rig);
    Guard sibling = waiting(rig);

    rig.run(PERIOD);
    sibling.arrived(1);
    sibling.requested();
    rig.run(Duration.ofMillis(800));

    assertThat(released.isStalled()).isTrue();
    assertThat(sibling.isStalled()).isFalse();
    assertThat(SilentConnection.isOf(released)).isTrue();
  }

  @Test
  void isNoneWhileSiblingsHaveBytes() {
    Rig rig = new Rig("idle=1s");
    Guard released = waiting(rig);
    Guard sibling = waiting(rig);

    for (int i = 0; i < 4; i++) {
      rig.run(PERIOD);
      sibling.arrived(1);
      sibling.requested();
    }

    assertThat(released.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(released)).isFalse();
  }

  @Test
  void isNoneWhoseSiblingHasEndedJustNow() {
    Rig rig = new Rig("idle=1s");
    Guard released = waiting(rig);
    Guard sibling = waiting(rig);

    rig.run(Duration.ofMillis(900));
    sibling.arrived(1);
    sibling.completed();
    rig.run(PERIOD);

    assertThat(released.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(released)).isFalse();
  }

  @Test
  void isOneOnWhichOthersHaveOnlyBegunToWaitForTheirHeads() {
    Rig rig = new Rig("idle=1s,head=10s");
    Guard released = waiting(rig);

    rig.run(Duration.ofMillis(900));
    held.add(
        rig.engine.awaitHead(Exchanges.of("POST", "https://h.example/", 0, null), rig.abort, lane));
    rig.run(PERIOD);

    assertThat(released.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(released)).isTrue();
  }

  @Test
  void isNoneThatHasJustBroughtAHead() {
    Rig rig = new Rig("idle=1s");
    Guard released = waiting(rig);

    rig.run(Duration.ofMillis(900));
    waiting(rig);
    rig.run(PERIOD);

    assertThat(released.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(released)).isFalse();
  }

  @Test
  void isNotKnownBySilencesOfEventsNorByTheTimeOfTheWhole() {
    Rig rig = new Rig("idle=1s,event-idle=2s");
    Guard withoutEvents = waiting(rig);
    Rig whole = new Rig("idle=1s,total=2s");
    Guard tooLong = waiting(whole);

    for (int i = 0; i < 8; i++) {
      rig.run(PERIOD);
      bring(withoutEvents, ": alive\n\n");
      whole.run(PERIOD);
      bring(tooLong, ": alive\n\n");
    }

    assertThat(withoutEvents.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(withoutEvents)).isFalse();
    assertThat(tooLong.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(tooLong)).isFalse();
  }

  @Test
  void isNotKnownByWholeAnswersThatLingerNorByOperators() {
    Rig rig = new Rig("idle=10s,done-grace=1s");
    Guard whole = waiting(rig);
    bring(whole, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    Guard aborted = waiting(rig);

    rig.watchdog().abort(aborted);
    rig.run(Duration.ofMillis(1200));

    assertThat(whole.isEnded()).isTrue();
    assertThat(SilentConnection.isOf(whole)).isFalse();
    assertThat(aborted.isStalled()).isTrue();
    assertThat(SilentConnection.isOf(aborted)).isFalse();
  }

  @Test
  void isNoneOfAStreamThatWasNotReleased() {
    Rig rig = new Rig("idle=1s");
    Guard open = waiting(rig);

    rig.run(PERIOD);

    assertThat(SilentConnection.isOf(open)).isFalse();
  }

  private static void bring(Guard guard, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    guard.scan(bytes, 0, bytes.length);
    guard.arrived(bytes.length);
    guard.requested();
  }

  private Guard waiting(Rig rig) {
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort, lane);
    held.add(guard);
    rig.tick();
    guard.requested();
    return guard;
  }
}
