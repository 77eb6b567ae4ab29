package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void isBelievedForAWhile() {
    assertThat(new Backlog().mayHold()).isTrue();
  }

  @Test
  void isNotBelievedForEver() {
    assertThat(new Backlog(0).mayHold()).isFalse();
  }

  @Test
  void beginsAnewOnceTheWireWasEmpty() {
    Backlog backlog = new Backlog(TimeUnit.MILLISECONDS.toNanos(1));
    backlog.mayHold();
    while (backlog.mayHold()) {
      Thread.onSpinWait();
    }

    backlog.ends();

    assertThat(backlog.mayHold()).isTrue();
  }
}
