package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A reader that runs, or would if it had a core, is not judged. */
class StarvedReaderLookTest {
  private final SynchronousQueue<KernelThread> known = new SynchronousQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean spins;
  private int asked;

  @AfterEach
  void end() {
    spins = false;
    over.countDown();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theWireIsAskedOnceTheReaderSleeps() throws Exception {
    spins = true;
    Thread reader = new Thread(this::read);
    reader.start();
    LastLook look = StarvedReaderLook.of(this::nothing, reader, known.take());

    awaitAnswer(look, false); // It sleeps for a moment where the JVM holds all threads.
    spins = false;
    awaitAnswer(look, true);
  }

  private static void awaitAnswer(LastLook look, boolean nothing) throws Exception {
    while (ask(look).hasFoundNothing() != nothing) {
      Thread.yield();
    }
  }

  @Test
  void aReaderThatNeverRestsIsGivenUp() throws Exception {
    LastLook look = new StarvedReaderLook(this::nothing, () -> true);
    for (int i = 0; i < 1_000; i++) {
      assertThat(ask(look).hasFoundNothing()).isFalse();
    }
    assertThat(asked).isZero();

    assertThat(ask(look).hasFoundNothing()).isTrue();
  }

  @Test
  void aReaderThatIsNotKnownIsTakenToSleep() throws Exception {
    Thread own = Thread.currentThread();
    LastLook look = StarvedReaderLook.of(this::nothing, own, new KernelThread(own, 0));

    assertThat(ask(look).hasFoundNothing()).isTrue();
  }

  @Test
  void anotherThanIsKnownNeedsNone() {
    LastLook wire = this::nothing;
    Thread own = Thread.currentThread();

    assertThat(StarvedReaderLook.of(wire, own, null)).isSameAs(wire);
    assertThat(StarvedReaderLook.of(wire, new Thread(), KernelThread.ofCurrent())).isSameAs(wire);
    assertThat(StarvedReaderLook.of(wire, null, KernelThread.ofCurrent())).isSameAs(wire);
    assertThat(StarvedReaderLook.of(null, own, KernelThread.ofCurrent())).isNull();
  }

  private void read() {
    try {
      known.put(KernelThread.ofCurrent());
      while (spins) {
        // As one that waits for a core does, it does not sleep.
      }
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Look ask(LastLook look) throws Exception {
    Look open = new Look();
    look.ask(open);
    return open;
  }

  private void nothing(Look open) {
    asked++;
    open.nothing();
  }
}
