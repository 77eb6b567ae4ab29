package io.stallguard.core;

import java.util.function.LongSupplier;

/** Time that this JVM has run, in nanoseconds since the clock was made, in steps of a tick. */
final class RunningClock {
  // The watchdog is the only writer: it adds the time since its last look, but never more than a
  // healthy tick may take. A GC pause, SIGSTOP or a suspended machine stops the watchdog like every
  // other thread, so the lost time never enters the clock and nobody is blamed for it.
  // Readers pay one volatile load, which on x86 and ARM costs what a plain load costs; a nanoTime
  // call costs 20 to 30 ns. The price is that a stamp may be one step old: see Tick.allowanceNanos.

  private final LongSupplier nanoTime;
  private volatile long nowNanos;
  private long lastNanos;

  RunningClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** Running time at the last tick. Any thread. */
  long nowNanos() {
    return nowNanos;
  }

  /** Time of the real clock, for lengths that must not depend on the tick. Any thread; slow. */
  long realNanos() {
    return nanoTime.getAsLong();
  }

  /** Forgets the time since the last tick, during which nobody needed the clock. Watchdog only. */
  void resume() {
    lastNanos = nanoTime.getAsLong();
  }

  /**
   * Adds the time since the last call, at most {@code maxStepNanos}. Watchdog only.
   *
   * @return the time that really passed, in nanoseconds
   */
  long advance(long maxStepNanos) {
    long real = nanoTime.getAsLong();
    long elapsed = Math.max(0, real - lastNanos);
    lastNanos = real;
    long now = nowNanos;
    nowNanos = now + Math.min(elapsed, maxStepNanos);
    return elapsed;
  }
}
