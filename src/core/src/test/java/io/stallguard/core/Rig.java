package io.stallguard.core;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.InWork;
import io.stallguard.core.engine.Inside;
import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.engine.Streams;
import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.gaps.HostGaps;
import io.stallguard.core.household.Counters;
import io.stallguard.core.household.Household;
import io.stallguard.core.report.Reports;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An engine on a manual clock: the test turns its watchdog and says when its work runs. */
public final class Rig {
  private static final Pattern IDLE = Pattern.compile("(?:^|,)idle=([^,]*)");

  /** The shortest tick: what a limit of up to five seconds needs. */
  public static final Duration TICK = Duration.ofMillis(10);

  /** What a decision may wait beyond a limit of up to five seconds. */
  public static final Duration TOLERANCE = Duration.ofMillis(50);

  public final ManualClock clock = ManualClock.wrappingAfter(Duration.ofMillis(35));
  public final KnownStandstill standstill = new KnownStandstill();
  public final ManualThreads threads = new ManualThreads();
  public final RecordingAbort abort = new RecordingAbort();
  public final List<String> log = new ArrayList<>();
  public final Engine engine;

  /** Guards are held by the readers of their streams, which a test has none of. */
  private final List<Guard> held = new ArrayList<>();

  /**
   * With these settings. Where idle alone is set the first byte has the same limit, as most streams
   * of tests are silent from their begin.
   */
  public Rig(String arguments) {
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
  public static Rig exactly(String arguments) {
    return new Rig(arguments, "");
  }

  private static String idle(String arguments) {
    Matcher idle = IDLE.matcher(arguments);
    return idle.find() && !arguments.contains("first-byte=") ? ",first-byte=" + idle.group(1) : "";
  }

  /** A guard that the watchdog has seen; nothing collects it before it is let go. */
  public Guard open() {
    Guard guard = engine.open(Exchanges.reply(), abort);
    held.add(guard);
    tick();
    return guard;
  }

  /** The readers of all streams are gone. */
  public void letGo() {
    held.clear();
  }

  public void tick() {
    tick(TICK);
  }

  public void tick(Duration length) {
    clock.advance(length);
    engine.watchdog().tick();
  }

  /** A tick before which the JVM stood still for so long. */
  public void pause(Duration length) {
    standstill.nanos = length.toNanos();
    tick(length.plus(TICK));
    standstill.nanos = 0;
  }

  public void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= TICK.toNanos()) {
      tick();
    }
  }

  public int watched() {
    return Inside.watched(engine.watchdog());
  }

  public Counters counters() {
    return engine.counters();
  }

  public Watchdog watchdog() {
    return engine.watchdog();
  }

  public Streams streams() {
    return engine.streams();
  }

  /** Whether anything is left to be done or told about stalls, so that the ticks go on. */
  public boolean hasWork() {
    return !engine.household().inWork().isEmpty() || engine.household().hasWork();
  }

  /** What the streams of each host had of gaps. */
  public List<HostGaps.Facts> gaps() {
    return engine.records().gaps().facts();
  }

  /** What acts on stalls, alone; its threads are the test's. */
  public static InWork inWork(LongSupplier clock) {
    return new InWork(new ManualThreads(), new InternalErrors(), clock);
  }

  /** What hears of streams, alone. */
  public static Household household(LongSupplier clock, Consumer<String> log) {
    return new Household(
        new ManualThreads(), new InternalErrors(), clock, new Reports(log), Reports.PER_MINUTE);
  }

  public Household household() {
    return engine.household();
  }

  /** The advice from all gaps. */
  public String recommend() {
    return engine.records().gaps().recommend(engine.streams().facts());
  }
}
