package io.stallguard.core;

import io.stallguard.core.engine.Threads;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;

/** An engine whose time passes when the test says so. In this package to get at what makes one. */
public final class ManualEngine {
  private static final Duration TICK = Duration.ofMillis(10);

  private final ManualClock clock = new ManualClock();
  private final List<String> log = new ArrayList<>();
  private final Engine engine;

  /** With these settings. */
  public ManualEngine(String arguments) {
    Settings settings =
        SettingsReader.read(
            arguments,
            new Properties(),
            Map.of(),
            Set.of(),
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    engine = new Engine(settings, clock, new SameThread(), log::add);
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** What was reported. */
  public List<String> log() {
    return log;
  }

  /** How many streams count as guarded. */
  public long guarded() {
    return engine.counters().guarded();
  }

  /** Lets time pass, tick by tick. */
  public void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= TICK.toNanos()) {
      clock.advance(TICK);
      engine.watchdog().tick();
    }
  }

  /** Runs everything at once. */
  private static final class SameThread implements Threads {
    @Override
    public Executor looks() {
      return Runnable::run;
    }

    @Override
    public Executor aborts() {
      return Runnable::run;
    }

    @Override
    public Executor escalations() {
      return Runnable::run;
    }

    @Override
    public Executor reports() {
      return Runnable::run;
    }
  }
}
