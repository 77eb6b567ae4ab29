package io.stallguard.core.engine;

import io.stallguard.core.RecordingAbort;
import io.stallguard.core.Rig;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.SilenceEnd;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A watched stream whose reader gets its bytes after the watchdog's look at its state. */
public final class Outrunner implements StallListener {
  public final List<String> log = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final Watchdog watchdog = new Watchdog(new RunningClock(clock), this);
  private final StallListener incidents;
  private final Guard guard;
  private boolean armed;

  public Outrunner(String arguments) {
    Settings settings =
        SettingsReader.read(
            arguments, new Properties(), Map.of(), Set.of(), problem -> log.add(problem));
    incidents = Rig.listener(clock, log::add);
    Limits limits = new Policy(settings).limitsFor(Exchanges.reply());
    guard = new Guard(Exchanges.reply(), limits, new RecordingAbort(), null, watchdog);
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
  public Verdict stalled(Guard stalled, long word, Stall stall) {
    if (armed) {
      armed = false;
      guard.arrived(1);
      guard.awaiting();
    }
    return incidents.stalled(stalled, word, stall);
  }

  @Override
  public void decided(Stall stall, Verdict verdict, Incident incident) {
    incidents.decided(stall, verdict, incident);
  }

  @Override
  public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    incidents.silenceEnded(stream, silence, how);
  }

  @Override
  public void truncated(String message) {
    throw new AssertionError(message);
  }

  @Override
  public void tick() {
    incidents.tick();
  }

  @Override
  public boolean hasWork() {
    return incidents.hasWork();
  }

  @Override
  public void failed(Throwable failure) {
    throw new AssertionError(failure);
  }
}
