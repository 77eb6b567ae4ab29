package io.stallguard.core.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AppCallbacksTest {
  private static final int MOST = 48;

  private final AppCallbacks callbacks = new AppCallbacks();
  private final AppCallbacks impatient = new AppCallbacks(0);

  @Test
  void tellsOnTheClientsExecutor() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "app"));
    FutureTask<String> told = new FutureTask<>(() -> Thread.currentThread().getName());

    callbacks.tell(telling(told), AppWorld.ofCaller(), executor);

    assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo("app");
    executor.shutdown();
  }

  @Test
  void tellsByItselfWhereTheExecutorIsBlocked() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.execute(() -> await(end));
    FutureTask<String> told = new FutureTask<>(() -> Thread.currentThread().getName());

    callbacks.tell(telling(told), AppWorld.ofCaller(), executor);

    assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-callback");
    end.countDown();
    executor.shutdown();
  }

  @Test
  void tellsByItselfWhereTheExecutorBlocksItsCallerOrRefuses() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<String> first = new FutureTask<>(() -> Thread.currentThread().getName());
    FutureTask<String> second = new FutureTask<>(() -> Thread.currentThread().getName());

    callbacks.tell(telling(first), AppWorld.ofCaller(), task -> await(end));
    callbacks.tell(
        telling(second),
        AppWorld.ofCaller(),
        task -> {
          throw new RejectedExecutionException();
        });

    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-callback");
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-callback");
    end.countDown();
  }

  @Test
  void callsOnce() {
    AtomicInteger calls = new AtomicInteger();
    Telling telling = new Telling(() -> calls::incrementAndGet);

    telling.run();
    telling.run();
    impatient.tell(telling, AppWorld.ofCaller(), null);

    assertThat(calls).hasValue(1);
  }

  @Test
  void staysDueWhileItCannotBeMadeReady() {
    AtomicInteger tries = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Telling telling =
        new Telling(
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("no room for an exception");
              }
              return calls::incrementAndGet;
            });

    assertThat(catchThrowable(telling::run)).isInstanceOf(OutOfMemoryError.class);
    assertThat(telling.isBegun()).isFalse();
    telling.run();

    assertThat(calls).hasValue(1);
  }

  @Test
  void hasSomeThreadsAtMostAndTheOthersWaitInOrder() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Semaphore begun = new Semaphore(0);
    Queue<Integer> order = new ConcurrentLinkedQueue<>();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    for (int i = 0; i < 2 * MOST; i++) {
      int number = i;
      impatient.tell(
          telling(
              () -> {
                order.add(number);
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                begun.release();
                await(end);
                atOnce.decrementAndGet();
              }),
          AppWorld.ofCaller(),
          null);
    }

    assertThat(begun.tryAcquire(MOST, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(order).allMatch(number -> number < MOST);
    end.countDown();
    assertThat(begun.tryAcquire(MOST, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isLessThanOrEqualTo(MOST);
  }

  @Test
  void completesAFutureWhoseCallbackHasNoThread() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    blockAllTellers(end);
    AppFuture future = new AppFuture(() -> {});
    Telling telling = telling(future::fail);

    impatient.tell(telling, AppWorld.ofCaller(), null);
    impatient.release(telling, AppWorld.ofCaller(), future::fail);

    assertThat(future.done.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-late");
    assertThat(telling.isBegun()).isFalse();
    end.countDown();
  }

  @Test
  void completesAFutureBehindACallbackThatBlocksAndCallsTheRestAfterIt() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<String> told = new FutureTask<>(() -> Thread.currentThread().getName());
    AppFuture future = new AppFuture(told);
    Telling telling =
        telling(
            () -> {
              await(end);
              future.fail();
            });

    impatient.tell(telling, AppWorld.ofCaller(), null);
    impatient.release(telling, AppWorld.ofCaller(), future::fail);

    assertThat(future.done.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-late");
    assertThat(told.isDone()).isFalse();
    end.countDown();
    assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo("stallguard-callback");
  }

  @Test
  void leavesAFutureToACallbackThatIsOver() throws Exception {
    AppFuture future = new AppFuture(() -> {});
    Telling telling = telling(() -> {});
    telling.run();

    impatient.release(telling, AppWorld.ofCaller(), future::fail);

    FutureTask<Void> behind = new FutureTask<>(() -> null);
    impatient.later(() -> impatient.later(behind));
    behind.get(20, TimeUnit.SECONDS);
    assertThat(future.done).isNotDone();
  }

  private void blockAllTellers(CountDownLatch end) throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    for (int i = 0; i < MOST; i++) {
      impatient.tell(
          telling(
              () -> {
                begun.release();
                await(end);
              }),
          AppWorld.ofCaller(),
          null);
    }
    assertThat(begun.tryAcquire(MOST, 20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void callsInTheAppsWorld() throws Exception {
    ThreadGroup group = new ThreadGroup("app");
    ClassLoader loader = new URLClassLoader(new URL[0]);
    FutureTask<AppWorld> world = new FutureTask<>(AppWorld::ofCaller);
    Thread thread = new Thread(group, world);
    thread.setContextClassLoader(loader);
    thread.setDaemon(false);
    thread.start();
    FutureTask<Thread> told = new FutureTask<>(() -> new Thread("born in the callback"));

    impatient.tell(telling(told), world.get(20, TimeUnit.SECONDS), null);

    Thread born = told.get(20, TimeUnit.SECONDS);
    assertThat(born.getContextClassLoader()).isSameAs(loader);
    assertThat(born.getThreadGroup()).isSameAs(group);
    assertThat(born.isDaemon()).isFalse();
  }

  @Test
  void runsWhatStartsThreadsInTheAppsGroup() throws Exception {
    ThreadGroup group = new ThreadGroup("app");
    FutureTask<AppWorld> world = new FutureTask<>(AppWorld::ofCaller);
    new Thread(group, world).start();
    FutureTask<ThreadGroup> seen = new FutureTask<>(() -> new Thread().getThreadGroup());

    world.get(20, TimeUnit.SECONDS).run(seen);

    assertThat(seen.get(20, TimeUnit.SECONDS)).isSameAs(group);
  }

  private static Telling telling(Runnable callback) {
    return new Telling(() -> callback);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A future as Apache's: completed, then its callback is called. */
  private static final class AppFuture {
    final CompletableFuture<String> done = new CompletableFuture<>();
    private final Runnable callback;

    AppFuture(Runnable callback) {
      this.callback = callback;
    }

    void fail() {
      if (done.complete(Thread.currentThread().getName()) && !Aside.put(callback)) {
        callback.run();
      }
    }
  }
}
