package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.PooledThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PooledThreadsTest {
  private final PooledThreads threads = new PooledThreads();

  @Test
  void threadsAreDaemonsOfOursWithoutTheAppsClassLoader() throws Exception {
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});

    for (Executor executor :
        new Executor[] {threads.aborts(), threads.escalations(), threads.reports()}) {
      Thread thread = threadOf(executor);

      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.getName()).startsWith("stallguard-");
      assertThat(thread.getContextClassLoader()).isSameAs(Engine.class.getClassLoader());
    }
  }

  @Test
  void anEscalationNeverQueuesBehindAbortsThatHang() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      threads.aborts().execute(() -> await(hanging));
    }

    Thread escalating = threadOf(threads.escalations());
    hanging.countDown();

    assertThat(escalating.getName()).isEqualTo("stallguard-escalate");
  }

  /** To start a thread takes long where cores are busy. */
  @Test
  void aThreadThatWaitsIsGivenWorkBeforeAnotherIsStarted() throws Exception {
    Thread first = threadOf(threads.aborts());
    while (first.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThat(threadOf(threads.aborts())).isSameAs(first);
  }

  @Test
  void anAbortThatHangsHoldsUpNoOther() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    threads.aborts().execute(() -> await(hanging));

    Thread other = threadOf(threads.aborts());
    hanging.countDown();

    assertThat(other.getName()).isEqualTo("stallguard-abort");
  }

  private static Thread threadOf(Executor executor) throws Exception {
    return CompletableFuture.supplyAsync(Thread::currentThread, executor).get(30, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
