package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Daemon;
import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.SilenceEnd;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watchdog on a thread of its own: parked, woken, disturbed. */
class WatchdogThreadTest {
  private final Listener listener = new Listener();
  private final Watchdog watchdog =
      new Watchdog(new RunningClock(System::nanoTime), Rig.inWork(System::nanoTime), listener);
  private final Thread thread = Daemon.of(watchdog, "watchdog");

  @AfterEach
  void letItEnd() {
    listener.end = true;
    LockSupport.unpark(thread);
  }

  @Test
  void aStreamWakesAWatchdogThatIsParked() throws Exception {
    startAndPark();
    Limit limit = new Limit(LimitKind.IDLE, 20_000_000, "test");
    Limits limits = new Limits(limit, limit, new Limit(LimitKind.TOTAL, Limit.OFF_NANOS, "test"));
    Guard guard = new Guard(Exchanges.reply(), limits, stalled -> {}, null, watchdog);

    guard.awaiting();
    watchdog.watch(guard);

    assertThat(listener.stalled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aResumptionWakesAWatchdogThatIsParked() throws Exception {
    startAndPark();

    Limit limit = new Limit(LimitKind.IDLE, 20_000_000, "test");
    Limits limits = new Limits(limit, limit, limit);
    Guard guard = new Guard(Exchanges.reply(), limits, stalled -> {}, null, watchdog);
    watchdog.notices().silenceEnded(guard, 0, 1, SilenceEnd.RESUMED);

    assertThat(listener.resumed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInterruptDoesNotMakeItSpin() throws Exception {
    startAndPark();

    thread.interrupt();
    listener.awaitParked(thread);

    assertThat(thread.isInterrupted()).isFalse();
  }

  private void startAndPark() {
    thread.start();
    listener.awaitParked(thread);
  }

  private static final class Listener extends Deaf {
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);
    private volatile boolean end;

    /** Waits until the thread waits without a limit, as it does with nothing to watch. */
    void awaitParked(Thread thread) {
      long begin = System.nanoTime();
      while (thread.getState() != Thread.State.WAITING || thread.isInterrupted()) {
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
        Thread.onSpinWait();
      }
    }

    @Override
    public void tripped(Stall stall) {
      stalled.countDown();
    }

    @Override
    public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
      resumed.countDown();
    }

    @Override
    public void tick() {
      if (end) {
        throw new ThreadDeath();
      }
    }

    @Override
    public void failed(Throwable failure) {
      throw (ThreadDeath) failure;
    }
  }
}
