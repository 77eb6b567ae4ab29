package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.KnownStandstill;
import io.stallguard.core.Rig;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.Tick;
import io.stallguard.testing.ManualClock;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * Decisions against a reference that knows the real time of each silence: never early, never later
 * than promised, whatever the phase and the jitter of the ticks, and however late they are.
 */
class PrecisionPropertyTest {
  @Property(tries = 400)
  void aSilenceIsDecidedWithinItsToleranceAndAShorterOneNever(
      @ForAll @DoubleRange(min = 0, max = 1) double length,
      @ForAll @DoubleRange(min = 0, max = 0.8) double jitter,
      @ForAll @IntRange(max = 6) int arrivals,
      @ForAll Neighbour neighbour,
      @ForAll long seed) {
    Simulation simulation = new Simulation(limitNanos(length), jitter, neighbour, seed);

    simulation.open();
    for (int i = 0; i < arrivals; i++) {
      simulation.healthySilence();
    }
    long decided = simulation.silenceUntilDecision();

    long late = decided - simulation.limit;
    assertThat(late).isBetween(0L, Math.max(50_000_000L, simulation.limit / 100));
  }

  @Property(tries = 200)
  void pausesNeverMakeADecisionEarly(
      @ForAll @DoubleRange(min = 0, max = 0.5) double length,
      @ForAll @DoubleRange(min = 0.01, max = 0.3) double pauses,
      @ForAll long seed) {
    Simulation simulation = new Simulation(limitNanos(length), 0.5, Neighbour.NONE, seed);
    simulation.pauses = pauses;

    simulation.open();
    simulation.silenceUntilDecision();

    assertThat(simulation.ranNanos).isGreaterThanOrEqualTo(simulation.limit);
  }

  @Property(tries = 400)
  void lateTicksMakeADecisionNeverEarlyAndOnlyAsLateAsTheyAre(
      @ForAll @DoubleRange(min = 0, max = 0.7) double length,
      @ForAll @DoubleRange(min = 0.01, max = 1) double late,
      @ForAll @DoubleRange(min = 0, max = 0.2) double pauses,
      @ForAll @IntRange(max = 6) int arrivals,
      @ForAll Neighbour neighbour,
      @ForAll long seed) {
    Simulation simulation = new Simulation(limitNanos(length), 0.5, neighbour, seed);
    simulation.late = late;
    simulation.pauses = pauses;

    simulation.open();
    for (int i = 0; i < arrivals; i++) {
      simulation.healthySilence();
    }
    simulation.silenceUntilDecision();

    // One late tick may hide when the silence began, another when it was too long; then two of
    // grace.
    long tolerance = Math.max(50_000_000L, simulation.limit / 100);
    assertThat(simulation.ranNanos - simulation.limit)
        .isBetween(0L, tolerance + 4 * simulation.longestNanos);
  }

  /** From 20 ms to an hour, each order of magnitude as likely as the others. */
  private static long limitNanos(double length) {
    double millis = 20 * Math.pow(Duration.ofHours(1).toMillis() / 20.0, length);
    return (long) (millis * 1_000_000);
  }

  /** What else the watchdog watches, and so how fast it ticks when the stream is opened. */
  enum Neighbour {
    NONE,
    PATIENT,
    ALIKE
  }

  /** A watchdog, a stream and real time. */
  private static final class Simulation extends Deaf {
    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1_000_000_000L);
    private final KnownStandstill standstill = new KnownStandstill();
    private final Watchdog watchdog =
        new Watchdog(new RunningClock(clock, standstill), Rig.inWork(clock), this);
    private final long limit;
    private final double jitter;
    private final Random random;
    private double pauses;
    private double late;
    private long tick = Tick.LONGEST_NANOS;
    private long untilTick;

    /** Since the silence began, pauses left out; and the longest that one tick had of it. */
    private long ranNanos;

    private long longestNanos;
    private boolean decided;
    private Guard guard;

    Simulation(long limit, double jitter, Neighbour neighbour, long seed) {
      this.limit = limit;
      this.jitter = jitter;
      this.random = new Random(seed);
      untilTick = nextTick();
      if (neighbour != Neighbour.NONE) {
        watch(neighbour == Neighbour.ALIKE ? limit : Duration.ofHours(2).toNanos());
      }
      pass((long) (random.nextDouble() * 500_000_000L));
    }

    private Guard watch(long limitNanos) {
      Limit silence = new Limit(LimitKind.IDLE, limitNanos, "test");
      Limits limits =
          new Limits(silence, silence, new Limit(LimitKind.TOTAL, Limit.OFF_NANOS, "test"));
      Guard opened = new Guard(Exchanges.reply(), limits, g -> {}, null, watchdog);
      watchdog.watch(opened);
      if (limits.tickNanos() < tick) {
        // Woken: the watchdog looks as soon as it gets a core.
        tick = limits.tickNanos();
        untilTick = random.nextInt(200_000);
      }
      return opened;
    }

    void open() {
      guard = watch(limit);
    }

    /** A demand that is met before its limit, then a while without demand. */
    void healthySilence() {
      guard.awaiting();
      pass((long) (limit * random.nextDouble()));
      assertThat(decided).as("decided in a healthy silence").isFalse();
      guard.arrived(1);
      pass((long) (limit * 2 * random.nextDouble()));
      assertThat(decided).as("decided without demand").isFalse();
    }

    /** How long a silence lasts that nothing but the watchdog ends. */
    long silenceUntilDecision() {
      guard.awaiting();
      ranNanos = 0;
      long begin = clock.getAsLong();
      while (!decided) {
        pass(untilTick);
      }
      return clock.getAsLong() - begin;
    }

    private void pass(long nanos) {
      long left = nanos;
      while (left >= untilTick) {
        left -= untilTick;
        advance(untilTick);
        pause();
        watchdog.tick();
        untilTick = nextTick();
      }
      advance(left);
      untilTick -= left;
    }

    /** The JVM stands still at the end of a tick, for longer than a gap. */
    private void pause() {
      standstill.nanos = 0;
      if (random.nextDouble() < pauses) {
        standstill.nanos = 260_000_000L + (long) (random.nextDouble() * 20_000_000_000L);
        clock.advance(Duration.ofNanos(standstill.nanos));
      }
    }

    private void advance(long nanos) {
      clock.advance(Duration.ofNanos(nanos));
      ranNanos += nanos;
    }

    private long nextTick() {
      long length = tick + (long) (random.nextDouble() * jitter * tick);
      if (random.nextDouble() < late) {
        length += (long) (Math.pow(10, -4 * random.nextDouble()) * 5_000_000_000L);
      }
      longestNanos = Math.max(longestNanos, length);
      return length;
    }

    @Override
    public void tripped(Stall stall) {
      decided = true;
    }
  }
}
