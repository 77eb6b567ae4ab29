package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.callbacks.AppWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class PoolProbeTest {
  private final PoolProbe probe = new PoolProbe(0);
  private final List<Runnable> queue = new ArrayList<>();
  private final Executor pool = queue::add;
  private final Object first = new Object();
  private final Object second = new Object();

  @Test
  void aTaskThatHasRunAnswersWhoWasThereBeforeIt() {
    Look look = ask(first);
    assertThat(look.isAnswered()).isFalse();

    queue.get(0).run();

    assertThat(look.hasFoundNothing()).isTrue();
  }

  @Test
  void oneTaskIsOnItsWayForAll() {
    ask(first);

    ask(second);

    assertThat(queue).hasSize(1);
  }

  @Test
  void whoCameLaterIsToldThatThePoolWasLate() {
    ask(first);
    Look later = ask(second);

    queue.get(0).run();

    assertThat(later.isAnswered()).isTrue();
    assertThat(later.hasFoundNothing()).as("its own task may be behind that one").isFalse();
    ask(second);
    assertThat(queue).hasSize(2);
  }

  @Test
  void whoWaitsForTheTaskSendsTheNext() throws InterruptedException {
    PoolProbe patient = new PoolProbe(60_000);
    Look own = new Look();
    patient.ask(first, own, pool, null);
    Look later = new Look();
    Thread asker = new Thread(() -> patient.ask(second, later, pool, null));
    asker.start();
    while (asker.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    queue.get(0).run();
    asker.join();

    assertThat(own.hasFoundNothing()).isTrue();
    assertThat(later.isAnswered()).isFalse();
    queue.get(1).run();
    assertThat(later.hasFoundNothing()).isTrue();
  }

  @Test
  void aDroppedTaskIsSentAgainOnceALimit() {
    ask(first);
    ask(second);

    Look again = ask(first);
    ask(second);

    assertThat(queue).as("the other one has asked before that").hasSize(2);
    queue.get(1).run();
    assertThat(again.hasFoundNothing()).isTrue();
  }

  @Test
  void anEarlierTaskAnswersNoneThatCameAfterIt() {
    ask(first);
    Look again = ask(first);

    queue.get(0).run();

    assertThat(again.isAnswered()).isFalse();
    queue.get(1).run();
    assertThat(again.hasFoundNothing()).isTrue();
  }

  @Test
  void anExecutorThatRefusesOrRunsItOnTheCallerKeepsNobodyWaiting() {
    Look refused = new Look();
    Look ran = new Look();

    probe.ask(
        first,
        refused,
        task -> {
          throw new RejectedExecutionException();
        },
        null);
    probe.ask(first, ran, Runnable::run, null);

    assertThat(refused.hasFoundNothing()).isTrue();
    assertThat(ran.hasFoundNothing()).isTrue();
  }

  @Test
  void aThreadThatIsBornForItHasTheAppsClassLoader() throws Exception {
    Thread test = Thread.currentThread();
    ClassLoader ours = test.getContextClassLoader();
    ClassLoader app = new ClassLoader(ours) {};
    test.setContextClassLoader(app);
    AppWorld world = AppWorld.ofCaller();
    test.setContextClassLoader(ours);
    List<ClassLoader> seen = new ArrayList<>();
    Executor starting = task -> seen.add(new Thread(task).getContextClassLoader());

    probe.ask(first, new Look(), starting, world);

    assertThat(seen).containsExactly(app);
    assertThat(test.getContextClassLoader()).isSameAs(ours);
  }

  @Test
  void wantOfThreadsTellsNothingOfThePool() {
    Look look = new Look();
    Executor without =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };

    assertThatThrownBy(() -> probe.ask(first, look, without, null))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(look.isAnswered()).isTrue();
    assertThat(look.hasFoundNothing()).isFalse();
    ask(first);
    assertThat(queue).hasSize(1);
  }

  @Test
  void anExecutorThatBlocksItsCallerHoldsOneThread() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    Executor blocking =
        task -> {
          entered.countDown();
          await(open);
          task.run();
        };
    Look look = new Look();
    Thread held = new Thread(() -> probe.ask(first, look, blocking, null));
    held.start();
    entered.await();

    probe.ask(first, new Look(), blocking, null);
    probe.ask(second, new Look(), blocking, null);
    open.countDown();
    held.join();

    assertThat(look.isAnswered()).isTrue();
  }

  @Test
  void itsThreadsAreThoseNamedLikeOneThatWasSeen() throws InterruptedException {
    CountDownLatch open = new CountDownLatch(1);
    Thread named = new Thread(() -> await(open), "pool-of-a-test-17");
    named.start();
    probe.threads().seen("pool-of-a-test-3");
    probe.threads().seen("stallguard-look");

    assertThat(probe.threads().alive()).containsExactly(named);

    open.countDown();
    named.join();
  }

  @Test
  void anExecutorIsToldByItsClassUnlessItIsTheJdks() {
    assertThat(PoolThreads.describe(pool)).isEqualTo(pool.getClass().getName());
  }

  @Test
  void executorsAreToldApartByIdentity() {
    PoolProbes probes = new PoolProbes();
    Executor one = new Alike();
    Executor other = new Alike();

    assertThat(probes.of(one)).isSameAs(probes.of(one)).isNotSameAs(probes.of(other));
    assertThat(probes.size()).isEqualTo(2);
  }

  private Look ask(Object verdict) {
    Look look = new Look();
    probe.ask(verdict, look, pool, null);
    return look;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Equal to all of its kind. */
  private static final class Alike implements Executor {
    @Override
    public void execute(Runnable task) {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Alike;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
