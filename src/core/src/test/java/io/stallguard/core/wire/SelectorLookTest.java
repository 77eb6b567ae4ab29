package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A thread that waits in its selector has nothing to read; one that does not may have. */
class SelectorLookTest {
  private final Look look = new Look();

  @Test
  void whoWaitsInASelectorHasNothingToRead() throws Exception {
    try (Selector selector = Selector.open()) {
      Thread thread = started(() -> select(selector));
      awaitSelecting(thread);

      SelectorLook.await(look, thread);

      assertThat(look.hasFoundNothing()).isTrue();
      selector.wakeup();
      thread.join();
    }
  }

  @Test
  void whoIsBusyMayHaveSomething() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        started(
            () -> {
              begun.countDown();
              await(end);
            });
    await(begun);

    SelectorLook.await(look, thread);

    assertThat(look.isAnswered()).isFalse();
    end.countDown();
    thread.join();
  }

  @Test
  void anAnswerOfItsOwnIsLeftAlone() {
    look.waits();

    SelectorLook.await(look, Thread.currentThread());

    assertThat(look.hasFoundNothing()).isFalse();
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task, "selector-look-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void select(Selector selector) {
    try {
      selector.select();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitSelecting(Thread thread) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!SelectorLook.isSelecting(thread) && System.nanoTime() - end < 0) {
      Thread.yield();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
