package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stallguard.core.Rig;
import io.stallguard.core.StallTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaiterStackTest {
  @Test
  void whoIsFreeTellsWhereItWaited() {
    WaiterStack stack = new WaiterStack(Thread.currentThread());
    stack.want();

    takeHere(stack);

    assertThat(stack.frames(true)[0].getMethodName()).isEqualTo("takeHere");
  }

  private static void takeHere(WaiterStack stack) {
    stack.take();
  }

  @Test
  void whoIsNotFreeIsAsked() {
    WaiterStack stack = new WaiterStack(Thread.currentThread());
    stack.want();

    assertThat(stack.frames(false)[0].getMethodName()).isEqualTo("getStackTrace");
    assertThat(stack.frames(true)).as("does something else by now").isEmpty();
  }

  @Test
  void whoFreesAnotherThreadTellsNothing() throws InterruptedException {
    WaiterStack stack = new WaiterStack(Thread.currentThread());
    stack.want();
    Thread other = new Thread(stack::take);

    other.start();
    other.join();

    assertThat(stack.frames(true)).isEmpty();
  }

  @Test
  void nobodyIsAskedForWhatIsNotToBeTold() {
    WaiterStack stack = new WaiterStack(Thread.currentThread());

    stack.take();

    assertThat(stack.frames(false)).isEmpty();
  }

  @Test
  void anAsynchronousConsumerHasNone() {
    WaiterStack none = new WaiterStack(null);
    none.want();

    none.take();

    assertThat(none.frames(false)).isEmpty();
  }

  @Test
  void theReportHasTheStackOfAReaderThatWasReleased() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1100));

    Throwable told = catchThrowable(() -> guard.endOrThrow(null));
    rig.tick();

    assertThat(told).isInstanceOf(StallTimeoutException.class);
    assertThat(rig.log)
        .singleElement()
        .asString()
        .containsPattern("waiting thread \".*\"\n\\[stallguard] {7}at .*WaiterStackTest\\.")
        .doesNotContain("at io.stallguard.core.Guard", "at io.stallguard.core.Incident");
  }
}
