package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever is thrown at the watchdog, streams are guarded, and it is told. */
class WatchdogSurvivalTest {
  @Test
  void aThreadThatDiesIsFollowedByAnother() throws Exception {
    Mortal mortal = new Mortal(3);
    Watchdog watchdog =
        new Watchdog(new RunningClock(System::nanoTime), Rig.inWork(System::nanoTime), mortal);
    new Succession(watchdog, mortal, "watchdog").begin();

    Limit limit = new Limit(LimitKind.IDLE, 20_000_000, "test");
    Limits limits = new Limits(limit, limit, new Limit(LimitKind.TOTAL, Limit.OFF_NANOS, "test"));
    Guard guard = new Guard(Exchanges.reply(), limits, stalled -> {}, null, watchdog);
    guard.awaiting();
    watchdog.watch(guard);

    assertThat(mortal.stalled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(mortal.deaths).hasSize(3).doesNotHaveDuplicates();
    assertThat(mortal.deaths).allMatch(Thread::isDaemon);
  }

  @Test
  void eachDeathIsToldInALine() {
    Rig rig = new Rig("idle=1s");

    rig.household().died(new OutOfMemoryError("Java heap space"));
    assertThat(rig.hasWork()).isTrue();
    rig.tick();
    rig.household().died(new StackOverflowError());
    rig.tick();
    rig.tick();

    assertThat(rig.log)
        .containsExactly(
            "the watchdog died and was started again (1 in all):"
                + " java.lang.OutOfMemoryError: Java heap space",
            "the watchdog died and was started again (2 in all): java.lang.StackOverflowError");
    assertThat(rig.hasWork()).isFalse();
  }

  @Test
  void aFailureInATickIsKeptAndToldByTheThreadForReports() {
    Rig rig = new Rig("idle=1s");
    rig.threads.holdReports = true;

    rig.watchdog()
        .request(
            () -> {
              throw new IllegalStateException("of a request");
            });
    rig.tick();

    assertThat(rig.log).isEmpty();
    assertThat(rig.engine.errors().count()).isEqualTo(1);
    rig.threads.heldReports.remove().run();
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("internal error, the app is not affected: watchdog: java.lang.IllegalState");
  }

  @Test
  void aRequestThatFindsNoThreadIsDoneAgain() {
    Rig rig = new Rig("idle=1s");
    int[] asked = new int[1];

    rig.watchdog()
        .request(
            () -> {
              if (asked[0]++ == 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
            });
    rig.run(Duration.ofMillis(500));
    assertThat(asked[0]).isEqualTo(1);
    rig.run(Duration.ofSeconds(1));

    assertThat(asked[0]).isEqualTo(2);
  }

  @Test
  void whatFailsToBeRecordedHoldsUpNoDecision() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1000));

    for (int i = 0; i < 20; i++) {
      rig.watchdog()
          .notices()
          .tell(
              () -> {
                throw new IllegalStateException("of a notice");
              });
      rig.tick();
    }

    assertThat(guard.isStalled()).isTrue();
    assertThat(rig.abort.aborts).isPositive();
  }

  @Test
  void noticesDoNotPileUpWhileItIsStuck() {
    Rig rig = new Rig("idle=1s,mode=observe");
    rig.tick();
    int more = 500;

    for (int i = 0; i < Notices.MOST + more; i++) {
      Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);
      guard.finished();
    }
    rig.tick();
    rig.tick();

    assertThat(rig.log)
        .containsExactly(
            more + " ends and gaps of streams were left out of the records: too many at once");
  }

  @Test
  void streamsThatAreOverDoNotPileUpWhileItIsStuck() {
    OpenedStreams opened = new OpenedStreams();
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    StreamEntry open = new StreamEntry(guard, 0);
    opened.add(open);

    for (int i = 0; i < 10 * OpenedStreams.LOOK_AT; i++) {
      StreamEntry over = new StreamEntry(guard, i);
      over.clear();
      opened.add(over);
    }

    assertThat(opened.size()).isLessThanOrEqualTo(OpenedStreams.LOOK_AT + 1);
    boolean found = false;
    for (StreamEntry entry = opened.poll(); entry != null; entry = opened.poll()) {
      found |= entry == open;
    }
    assertThat(found).isTrue();
    assertThat(opened.isEmpty()).isTrue();
    assertThat(opened.size()).isZero();
  }

  /** Fails in each tick until some threads have died of it. */
  private static final class Mortal extends Deaf {
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final List<Thread> deaths = new CopyOnWriteArrayList<>();
    private final int most;

    Mortal(int most) {
      this.most = most;
    }

    @Override
    public void tripped(Stall stall) {
      stalled.countDown();
    }

    @Override
    public void tick() {
      if (deaths.size() < most) {
        throw new OutOfMemoryError("of the test");
      }
    }

    @Override
    public boolean hasWork() {
      return deaths.size() < most;
    }

    @Override
    public void failed(Throwable failure) {
      throw new OutOfMemoryError("of the catch");
    }

    @Override
    public void died(Throwable cause) {
      deaths.add(Thread.currentThread());
    }
  }
}
