package io.stallguard.core;

import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** An engine with one stream whose reader gets its bytes while the watchdog decides. */
final class Outrunner {
  // A decision reads the time once between its look at the stream's state and its compare-and-set:
  // there the reader runs.

  final List<String> log = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final RecordingAbort abort = new RecordingAbort();
  private Engine engine;
  private Guard guard;
  private boolean armed;

  Guard open(String arguments) {
    Settings settings =
        SettingsReader.read(arguments, new Properties(), Set.of(), problem -> fail(problem));
    engine = new Engine(settings, this::nanoTime, new ManualThreads(), log::add);
    guard = engine.open(Exchanges.reply(), abort);
    run(Rig.TICK);
    guard.awaiting();
    return guard;
  }

  private static void fail(String problem) {
    throw new IllegalArgumentException(problem);
  }

  private long nanoTime() {
    if (armed && GuardWord.isWaiting(guard.word()) && isDeciding()) {
      armed = false;
      guard.arrived(1);
      guard.awaiting();
    }
    return clock.getAsLong();
  }

  private static boolean isDeciding() {
    for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
      if (frame.getMethodName().equals("judge")) {
        return true;
      }
    }
    return false;
  }

  /** Lets this time pass; the first decision in it comes too late. */
  void outrunAt(Duration length) {
    armed = true;
    run(length);
  }

  void run(Duration length) {
    for (long left = length.toNanos(); left > 0; left -= Rig.TICK.toNanos()) {
      clock.advance(Rig.TICK);
      engine.watchdog().tick();
    }
  }
}
