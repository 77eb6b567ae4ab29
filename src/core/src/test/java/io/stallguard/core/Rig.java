package io.stallguard.core;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An engine on a manual clock: the test turns its watchdog and says when its work runs. */
final class Rig {
  private static final Pattern IDLE = Pattern.compile("(?:^|,)idle=([^,]*)");

  /** The shortest tick: what a limit of up to five seconds needs. */
  static final Duration TICK = Duration.ofMillis(10);

  /** What a decision may wait beyond a limit of up to five seconds. */
  static final Duration TOLERANCE = Duration.ofMillis(50);

  final ManualClock clock = ManualClock.wrappingAfter(Duration.ofMillis(35));
  final KnownStandstill standstill = new KnownStandstill();
  final ManualThreads threads = new ManualThreads();
  final RecordingAbort abort = new RecordingAbort();
  final List<String> log = new ArrayList<>();
  final Engine engine;

  /** Guards are held by the readers of their streams, which a test has none of. */
  private final List<Guard> held = new ArrayList<>();

  /**
   * With these settings. Where idle alone is set the first byte has the same limit, as most streams
   * of tests are silent from their begin.
   */
  Rig(String arguments) {
    this(arguments, idle(arguments));
  }

  private Rig(String arguments, String more) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        SettingsReader.read(
            arguments + more, new Properties(), Map.of(), Set.of("okhttp"), problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    RunningClock running = new RunningClock(clock, standstill);
    engine = new Engine(settings, running, clock, threads, new Reports(log::add));
  }

  /** With these settings and no more. */
  static Rig exactly(String arguments) {
    return new Rig(arguments, "");
  }

  private static String idle(String arguments) {
    Matcher idle = IDLE.matcher(arguments);
    return idle.find() && !arguments.contains("first-byte=") ? ",first-byte=" + idle.group(1) : "";
  }

  /** A guard that the watchdog has seen; nothing collects it before it is let go. */
  Guard open() {
    Guard guard = engine.open(Exchanges.reply(), abort);
    held.add(guard);
    tick();
    return guard;
  }

  /** The readers of all streams are gone. */
  void letGo() {
    held.clear();
  }

  void tick() {
    tick(TICK);
  }

  void tick(Duration length) {
    clock.advance(length);
    engine.watchdog().tick();
  }

  /** A tick before which the JVM stood still for so long. */
  void pause(Duration length) {
    standstill.nanos = length.toNanos();
    tick(length.plus(TICK));
    standstill.nanos = 0;
  }

  void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= TICK.toNanos()) {
      tick();
    }
  }

  int watched() {
    return engine.watchdog().watched();
  }
}
