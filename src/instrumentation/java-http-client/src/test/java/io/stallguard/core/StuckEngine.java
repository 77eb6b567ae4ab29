package io.stallguard.core;

import io.stallguard.core.engine.Threads;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;

/** An engine that decides, and has no thread for what it decided. */
public final class StuckEngine implements Threads {
  private static final Duration TICK = Duration.ofMillis(10);

  private final ManualClock clock = new ManualClock();
  private final Engine engine;

  /** With these settings. */
  public StuckEngine(String arguments) {
    Settings settings =
        SettingsReader.read(
            arguments,
            new Properties(),
            Map.of(),
            Set.of(),
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    engine = new Engine(settings, clock, this, line -> {});
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** Lets time pass, tick by tick. */
  public void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= TICK.toNanos()) {
      clock.advance(TICK);
      engine.watchdog().tick();
    }
  }

  @Override
  public Executor looks() {
    return Runnable::run;
  }

  @Override
  public Executor aborts() {
    return task -> {};
  }

  @Override
  public Executor escalations() {
    return task -> {};
  }

  @Override
  public Executor reports() {
    return Runnable::run;
  }
}
