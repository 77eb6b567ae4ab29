package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Inside;
import io.stallguard.core.words.Exchanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The agent leaves a JVM that goes on. */
class LeavingTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void letsGoOfTheStreamsThatAreOpen() {
    Rig rig = new Rig("idle=1s,event-idle=2s,total=3s");
    Guard guard = rig.open();
    guard.awaiting();

    rig.engine.leave("test");
    rig.run(LONG);

    assertThat(guard.isDecided()).isFalse();
    assertThat(rig.abort.aborts).isZero();
    assertThat(rig.watched()).isZero();
  }

  @Test
  void passesOnWhatAnOpenStreamStillBrings() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.engine.leave("test");
    rig.tick();

    byte[] bytes = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    guard.scan(bytes, 0, bytes.length);

    assertThat(guard.arrived(bytes.length)).isTrue();
    assertThat(guard.awaiting()).isTrue();
    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(Inside.isDone(guard)).isFalse();
  }

  @Test
  void guardsNothingNew() {
    Rig rig = new Rig("idle=1s,head=1s");

    rig.engine.leave("test");

    assertThat(rig.engine.open(Exchanges.reply(), rig.abort)).isNull();
    assertThat(rig.engine.hasLeft()).isTrue();
  }

  @Test
  void doesWhatWasDecidedBefore() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1100));

    rig.engine.leave("test");
    rig.tick();

    assertThat(guard.awaiting()).isFalse();
    assertThatThrownBy(() -> guard.endOrThrow(null)).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void undoesAllOnceWhateverFails() {
    Rig rig = new Rig("");
    List<String> undone = new ArrayList<>();
    rig.engine.onLeave(() -> undone.add("first"));
    rig.engine.onLeave(
        () -> {
          throw new IllegalStateException("no");
        });
    rig.engine.onLeave(() -> undone.add("last"));

    rig.engine.leave("test");
    rig.engine.leave("test");
    rig.engine.onLeave(() -> undone.add("late"));

    assertThat(undone).containsExactly("first", "last", "late");
    assertThat(rig.engine.errors().count()).isEqualTo(1);
  }
}
