package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A virtual reader is not judged while there may be no carrier for it. */
class VirtualReaderLookTest {
  private final Queue<Runnable> scheduled = new ArrayDeque<>();
  private int asked;
  private final LastLook look = new VirtualReaderLook(this::nothing, scheduled::add);

  @Test
  void theWireIsAskedAgainOnceAVirtualThreadHasRun() throws Exception {
    assertThat(ask().hasFoundNothing()).isTrue();

    scheduled.remove().run();

    assertThat(ask().hasFoundNothing()).isTrue();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void somethingMayWaitWhileNoVirtualThreadRuns() throws Exception {
    ask();

    assertThat(ask().hasFoundNothing()).isFalse();
    assertThat(ask().isAnswered()).isTrue();

    assertThat(asked).isEqualTo(1);
    assertThat(scheduled).as("one at a time").hasSize(1);
  }

  @Test
  void twoLooksInARowHaveATurnBetweenThem() throws Exception {
    ask();
    ask();
    scheduled.remove().run();

    assertThat(ask().hasFoundNothing()).as("the first in a row").isTrue();
    assertThat(ask().hasFoundNothing()).as("its turn has not come").isFalse();
  }

  @Test
  void aReaderOfAnotherKindNeedsNone() {
    LastLook wire = this::nothing;

    assertThat(VirtualReaderLook.of(wire, Thread.currentThread())).isSameAs(wire);
    assertThat(VirtualReaderLook.of(wire, null)).isSameAs(wire);
    assertThat(VirtualReaderLook.of(null, Thread.currentThread())).isNull();
  }

  private Look ask() throws Exception {
    Look open = new Look();
    look.ask(open);
    return open;
  }

  private void nothing(Look open) {
    asked++;
    open.nothing();
  }
}
