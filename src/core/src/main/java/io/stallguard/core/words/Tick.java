package io.stallguard.core.words;

import java.util.concurrent.TimeUnit;

/** How long the watchdog sleeps between two looks, and what follows from that. */
public final class Tick {
  /**
   * The shortest tick. Below this a wake-up costs more than it tells; a limit may be overrun by 50
   * ms anyway.
   */
  public static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * The longest tick. Above this nothing is saved: ten wake-ups a second are below what can be
   * measured.
   */
  public static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * How many ticks a step of the clock may have: a thread that wakes up one tick late on a busy
   * machine is no matter.
   */
  private static final int STEP_TICKS = 2;

  /**
   * The shortest gap: from here on a late wake-up may mean that the JVM stood still. A thread that
   * sleeps most of the time gets a core sooner where there is one, and what is shorter matters to
   * no limit.
   */
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long TOLERANCE_PART = 100;

  /**
   * Ticks in what a decision may be late: it is late by at most a step and a tick, three ticks, and
   * five leave room for noise.
   */
  private static final int TICKS_PER_TOLERANCE = 5;

  private Tick() {}

  /** The tick that a limit of this length needs to be acted on in time. */
  public static long forLimit(long limitNanos) {
    long tolerance = Math.max(TOLERANCE_NANOS, limitNanos / TOLERANCE_PART);
    return Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, tolerance / TICKS_PER_TOLERANCE));
  }

  /** The most that one tick adds to the running clock if it is not late. */
  public static long maxStepNanos(long tickNanos) {
    return STEP_TICKS * tickNanos;
  }

  /**
   * How long a decision has to wait beyond the limit so that it never comes early: a stamp was
   * taken from a clock that was at most one step behind, or before a late tick, which is known.
   */
  public static long allowanceNanos(long tickNanos) {
    return maxStepNanos(tickNanos);
  }

  /** Whether a tick that took this long may mean that the JVM did not run. */
  public static boolean isGap(long elapsedNanos) {
    return elapsedNanos > GAP_NANOS;
  }
}
