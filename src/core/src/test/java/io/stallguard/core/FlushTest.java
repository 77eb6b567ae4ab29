package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Inside;
import io.stallguard.core.engine.PooledThreads;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.words.Exchanges;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The end of the JVM meets a report that another thread is about to write. */
class FlushTest {
  private final ManualClock clock = new ManualClock();
  private final CountDownLatch logIsReady = new CountDownLatch(1);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Engine engine =
      new Engine(
          SettingsReader.read(
              "idle=1s,first-byte=1s", new Properties(), Map.of(), Set.of(), problem -> {}),
          clock,
          new PooledThreads(),
          this::write);

  private void write(String line) {
    await(logIsReady);
    lines.add(line);
    events.add("written");
  }

  @Test
  void waitsForTheReportThatIsBeingWritten() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    Guard guard =
        engine.open(
            Exchanges.reply(),
            stalled -> {
              stalled.stallException(null);
              aborted.countDown();
            });
    tick(1);
    guard.requested();
    tick(110);
    await(aborted);
    while (!engine.household().inWork().isEmpty() || engine.household().hasWork()) {
      tick(1);
    }

    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(
            () -> {
              engine.household().flush(null);
              events.add("flushed");
            });
    logIsReady.countDown();
    flush.get(30, TimeUnit.SECONDS);

    assertThat(events).containsExactly("written", "flushed");
  }

  @Test
  void waitsForTheAbortThatIsStillOnItsWay() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch resetIsSent = new CountDownLatch(1);
    logIsReady.countDown();
    Guard guard =
        engine.open(
            Exchanges.reply(),
            stalled -> {
              stalled.stallException(null);
              released.countDown();
              await(resetIsSent);
            });
    tick(1);
    guard.requested();
    tick(110);
    await(released);

    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(
            () -> {
              engine.household().flush(null);
              events.add("flushed");
            });
    assertThatThrownBy(() -> flush.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    resetIsSent.countDown();
    flush.get(30, TimeUnit.SECONDS);

    assertThat(events).containsExactly("written", "flushed");
    assertThat(lines).singleElement().asString().startsWith("stream stalled, aborted: ");
  }

  /**
   * Its first steps load classes: an app that ends at once was gone before the report was there.
   */
  @Test
  void waitsForTheReportThatTheWatchdogIsAboutToHandOver() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    CountDownLatch claimed = new CountDownLatch(1);
    logIsReady.countDown();
    Guard guard =
        engine.open(
            Exchanges.reply(),
            stalled -> {
              stalled.stallException(null);
              aborted.countDown();
              await(claimed);
            });
    tick(1);
    guard.requested();
    tick(110);
    await(aborted);
    Incident incident = Inside.incident(guard);
    assertThat(incident.claimReport()).isTrue();
    claimed.countDown();

    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(() -> engine.household().flush(null));

    assertThatThrownBy(() -> flush.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    incident.reportHandedOver();
    flush.get(30, TimeUnit.SECONDS);
  }

  private void tick(int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(Duration.ofMillis(10));
      engine.watchdog().tick();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
