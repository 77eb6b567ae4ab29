package io.stallguard.core.engine;

import io.stallguard.core.Rig;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.household.Household;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.words.Exchanges;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A watched stream whose reader gets its bytes after the watchdog's look at its state. */
public final class Outrunner implements Abort {
  public final List<String> log = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final Watchdog watchdog;
  private final Guard guard;
  private boolean armed;

  public Outrunner(String arguments) {
    Settings settings =
        SettingsReader.read(
            arguments, new Properties(), Map.of(), Set.of(), problem -> log.add(problem));
    Household household = Rig.household(clock, log::add);
    watchdog = new Watchdog(new RunningClock(clock), household.inWork(), household);
    Limits limits = new Policy(settings).limitsFor(Exchanges.reply());
    guard = new Guard(Exchanges.reply(), limits, this, null, watchdog);
    watchdog.watch(guard);
    run(Rig.TICK);
    guard.awaiting();
  }

  public Guard guard() {
    return guard;
  }

  /** Lets time pass until a decision has come too late. */
  public void outrun() {
    armed = true;
    while (armed) {
      run(Rig.TICK);
    }
  }

  public void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= Rig.TICK.toNanos()) {
      clock.advance(Rig.TICK);
      watchdog.tick();
    }
  }

  @Override
  public void decide(Guard stalled, Decision decision) {
    if (armed) {
      armed = false;
      guard.arrived(1);
      guard.awaiting();
    }
    decision.take();
  }

  @Override
  public void abort(Guard stalled) {
    throw new AssertionError("bytes had come before");
  }
}
