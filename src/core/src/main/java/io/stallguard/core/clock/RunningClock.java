package io.stallguard.core.clock;

import io.stallguard.core.words.Tick;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time that this JVM has run, in nanoseconds since the clock was made, in steps of a tick. Any
 * thread, unless the method says the watchdog.
 */
public final class RunningClock {
  // The watchdog is the only writer: it adds the time since its last look. Only where that was so
  // long that the JVM may have stood still (a collection, SIGSTOP, a suspended machine), and did,
  // that time never enters the clock and nobody is blamed for it. Busy cores and a used-up quota
  // make ticks late too, and that time counts.
  // Readers pay one volatile load, which on x86 and ARM costs what a plain load costs; a nanoTime
  // call costs 20 to 30 ns. The price is that a stamp may be as old as the tick is long: two ticks
  // are allowed for (see Tick.allowanceNanos), what is longer is kept in LateTicks. Where ticks
  // come late at present that is much, for which each verdict would wait: there a silence begins
  // with a stamp of the real clock. Such a stamp is odd, and all that the clock itself says are
  // even.

  /**
   * How many ticks it takes until lateness is forgotten: where a quota is used up, some ticks of
   * each period come in time.
   */
  private static final int FORGETTING_TICKS = 8;

  private static final long TICKS_IN_TIME = Long.MIN_VALUE;

  /**
   * The longest step that is read from the real clock: beyond that a tick may turn out not to be
   * late, as the JVM may have stood still.
   */
  private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Standstill standstill;
  private final LateTicks lateTicks = new LateTicks();
  private final Pauses pauses = new Pauses();
  private final GapGrace grace = new GapGrace();
  private volatile long running;

  /** Real time of the last tick while they come late, to go with the running time. */
  private volatile long realOfNow = TICKS_IN_TIME;

  private long lastAt;
  private long notedAt;

  /** How late ticks have come of late. Watchdog only. */
  private long lateNanos;

  /** Makes a clock for which all time counts. */
  public RunningClock(LongSupplier nanoTime) {
    this(nanoTime, Standstill.unknown());
  }

  public RunningClock(LongSupplier nanoTime, Standstill standstill) {
    this.nanoTime = nanoTime;
    this.standstill = standstill;
    this.lastAt = nanoTime.getAsLong();
  }

  /** Running time at the last tick. Any thread. */
  public long now() {
    return running;
  }

  /** Running time of what begins now, exact where ticks come late at present. Any thread. */
  public long beginAt() {
    long real = realOfNow;
    return real == TICKS_IN_TIME ? running : exact(real);
  }

  private long exact(long real) {
    long now = running;
    long passedNanos = nanoTime.getAsLong() - real;
    // Both of one tick, and that is not over for too long.
    return realOfNow == real && passedNanos >= 0 && passedNanos <= LONGEST_STEP_NANOS
        ? (now + passedNanos) | 1
        : running;
  }

  /**
   * The latest running time, an ordinary tick aside, at which something may have happened that has
   * this stamp. Any thread.
   */
  public long latestAt(long stamp) {
    return isExact(stamp) ? stamp : lateTicks.latestAt(stamp);
  }

  /** Whether this stamp is of the real clock, as ticks came late then. */
  public static boolean isExact(long stamp) {
    return (stamp & 1) != 0;
  }

  /** For how long this JVM has stood still since this time, which no running time has in it. */
  public long stoodStillNanos(long stamp) {
    return pauses.sinceNanos(stamp);
  }

  /** How long before now this time was, as a clock on the wall would have it. Any thread. */
  public long wallAgeNanos(long stamp, long now) {
    return Math.max(0, now - stamp) + stoodStillNanos(stamp);
  }

  /** Has the clock rest: nobody needs it before it is resumed. Watchdog only. */
  public void rest() {
    realOfNow = TICKS_IN_TIME;
    standstill.rest();
  }

  /** Time of the real clock, for lengths that must not depend on the tick. Any thread; slow. */
  public long real() {
    return nanoTime.getAsLong();
  }

  /**
   * Has the clock go on. The time since the last tick, during which nobody needed it, is forgotten.
   * Watchdog only.
   */
  public void resume() {
    realOfNow = TICKS_IN_TIME;
    lastAt = nanoTime.getAsLong();
    note();
  }

  private void note() {
    notedAt = lastAt;
    standstill.note(lastAt);
  }

  /**
   * Adds the time since the last call in which the JVM did not stand still. Watchdog only.
   *
   * @param tickNanos how long the watchdog meant to sleep
   */
  public void advance(long tickNanos) {
    long real = nanoTime.getAsLong();
    long elapsed = Math.max(0, real - lastAt);
    // An odd nanosecond is left for the next step.
    elapsed -= elapsed & 1;
    lastAt = real - lastAt < 0 ? real : lastAt + elapsed;
    boolean gap = Tick.isGap(elapsed);
    long told = gap ? inGap(elapsed) : 0;
    // At least what the watchdog slept counts.
    long stood = Tick.isGap(told) ? Math.min(told, elapsed - tickNanos) & ~1L : 0;
    long step = Tick.maxStepNanos(tickNanos);
    realOfNow = TICKS_IN_TIME;
    add(elapsed - stood, stood, step);
    grace.tick(gap, stood > 0, told >= 0 && told <= step);
    late(elapsed - stood, step);
    if (lateNanos > step) {
      realOfNow = lastAt;
    }
    if (!gap && real - notedAt >= Standstill.NOTE_NANOS) {
      note();
    }
  }

  /** Notes how late a tick was. The longest lateness counts, and less with each tick after it. */
  private void late(long nanos, long stepNanos) {
    lateNanos = Math.max(nanos > stepNanos ? nanos : 0, lateNanos - lateNanos / FORGETTING_TICKS);
  }

  /** How late ticks have come of late. Watchdog only. */
  public long lateNanos() {
    return lateNanos;
  }

  /** For how long the JVM stood still in a gap, as far as that is known. */
  private long inGap(long gapNanos) {
    notedAt = lastAt;
    return standstill.inGapNanos(lastAt, gapNanos);
  }

  /**
   * Goes on by this much. What belongs to a value of the clock is kept before the clock goes on:
   * who sees the next value finds it.
   */
  private void add(long nanos, long stoodStillNanos, long stepNanos) {
    long now = running;
    if (stoodStillNanos > 0) {
      pauses.add(now, stoodStillNanos);
    }
    if (nanos > stepNanos) {
      lateTicks.add(now, now + nanos);
    }
    running = now + nanos;
  }

  /** Whether readers could take what waits for them since there was a gap. Watchdog only. */
  public boolean mayJudge() {
    return grace.isOver();
  }

  /** Whether looks may find out what readers could take. Watchdog only. */
  public boolean mayLook() {
    return grace.isOverForLooks();
  }
}
