package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.report.Printed;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams whose app may have left without a word: released, told so, and no word on the host. */
class UnseenWaiterTest {
  private static final int MOST = 30;

  private final Rig rig = new Rig("idle=1s,breaker.pause=10m");
  private final List<Guard> held = new ArrayList<>();

  @Test
  void theReportSaysThatNobodyWasSeenWaiting() {
    open().requested();

    silence();

    assertThat(held.get(0).isStalled()).isTrue();
    assertThat(rig.log).singleElement().asString().contains("nobody was seen waiting");
    assertThat(Printed.json(held.get(0).incident())).contains("\"waiting\":\"nobody seen\"");
  }

  @Test
  void aThreadThatWaitsIsSeen() {
    open().awaiting();

    silence();

    assertThat(rig.log)
        .singleElement()
        .asString()
        .doesNotContain("nobody")
        .contains("waiting thread");
  }

  @Test
  void theBreakerDoesNotCountThem() {
    for (int i = 0; i < MOST; i++) {
      open().requested();
    }

    silence();

    assertThat(held).allMatch(Guard::isStalled);
    assertThat(rig.log).noneMatch(line -> line.contains("BREAKER OPEN"));
  }

  private void silence() {
    rig.run(Duration.ofMillis(1100));
  }

  private Guard open() {
    Guard guard = rig.engine.open(Exchanges.reply(), new Left());
    held.add(guard);
    return guard;
  }

  /** Of a coroutine, say. */
  private static final class Left implements Abort {
    @Override
    public boolean isLeftUnseen() {
      return true;
    }

    @Override
    public void abort(Guard guard) {
      guard.released();
    }
  }
}
