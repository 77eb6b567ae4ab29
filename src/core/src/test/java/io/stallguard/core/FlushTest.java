package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** The end of the JVM meets a report that another thread is about to write. */
class FlushTest {
  private final ManualClock clock = new ManualClock();
  private final CountDownLatch logIsReady = new CountDownLatch(1);
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Engine engine =
      new Engine(
          SettingsReader.read("idle=1s", new Properties(), Map.of(), Set.of(), problem -> {}),
          clock,
          new AbortThreads(),
          this::write);

  private void write(String line) {
    await(logIsReady);
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
    while (engine.incidents().hasWork()) {
      tick(1);
    }

    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(
            () -> {
              engine.incidents().flush();
              events.add("flushed");
            });
    logIsReady.countDown();
    flush.get(30, TimeUnit.SECONDS);

    assertThat(events).containsExactly("written", "flushed");
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
