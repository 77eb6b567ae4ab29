package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.SilenceEnd;
import java.net.URI;
import java.util.List;

/** Guards as races need them: cheap, with a clock that moves between two steps of the set-up. */
final class Fixture {
  private static final Exchange EXCHANGE =
      Exchange.of("races")
          .request("POST", URI.create("http://h.example/"))
          .response("HTTP/1.1", 200, "text/event-stream")
          .build();
  private static final Limit IDLE = new Limit(LimitKind.IDLE, 1_000_000_000L, "races");
  private static final Limit OFF = new Limit(LimitKind.TOTAL, Limit.OFF_NANOS, "races");
  private static final Limits LIMITS = new Limits(IDLE, IDLE, OFF);
  private static final InternalErrors ERRORS = new InternalErrors();
  private static final WatchdogListener NOBODY = new Nobody();

  private static final List<Integer> STATES =
      List.of(
          GuardWord.IDLE,
          GuardWord.AWAITING,
          GuardWord.OBSERVED,
          GuardWord.STALLED,
          GuardWord.FINISHED,
          GuardWord.ENDED,
          GuardWord.PAUSED,
          GuardWord.PAUSED_OBSERVED);

  private static long now;
  private static final RunningClock CLOCK = new RunningClock(() -> now);
  private static final InWork IN_WORK = new InWork(new PooledThreads(), ERRORS, () -> 5);
  private static final Watchdog WATCHDOG = new Watchdog(CLOCK, IN_WORK, NOBODY);

  private Fixture() {}

  /** A stream that nobody waits for. */
  static Guard idle() {
    return new Guard(EXCHANGE, LIMITS, guard -> {}, null, WATCHDOG);
  }

  /** A stream that has been awaited since a time that is over: what begins now begins later. */
  static synchronized Guard awaiting() {
    Guard guard = idle();
    guard.awaiting();
    later();
    return guard;
  }

  /** What an asynchronous consumer of this stream has asked for, before what begins now. */
  static synchronized Demand asked(Guard guard, long count) {
    Demand demand = new Demand(guard);
    demand.delivered();
    if (count > 0) {
      demand.requested(count);
    }
    later();
    return demand;
  }

  private static void later() {
    now += 2; // The clock goes in steps of two.
    CLOCK.advance(1);
  }

  /** The watchdog's decision on a silence that it saw before. */
  static boolean trip(Guard guard, long seen) {
    return guard.trip(seen, incident(guard));
  }

  static Incident incident(Guard guard) {
    return IN_WORK.prepared(guard, new Stall(guard, IDLE, 0, 0));
  }

  static Guard guard(Abort abort) {
    return new Guard(EXCHANGE, LIMITS, abort, null, WATCHDOG);
  }

  /** Forgets the resumptions that wait for the watchdog. */
  static synchronized void drain() {
    WATCHDOG.tick();
  }

  /**
   * The state: 0 idle, 1 awaiting, 2 observed, 3 stalled, 4 finished, 5 ended, 6 and 7 paused.
   * Outcomes have to be literals, and must not move with the numbers of the engine.
   */
  static int stateOf(Guard guard) {
    return STATES.indexOf(GuardWord.stateOf(guard.word()));
  }

  static int isWaiting(Guard guard) {
    return GuardWord.isWaiting(guard.word()) ? 1 : 0;
  }

  /** Whether the watchdog would take it for waiting. */
  static int isOwed(Guard guard) {
    return GuardWord.isWaiting(guard.word()) && Demand.isOwed(guard) ? 1 : 0;
  }

  static int asInt(boolean value) {
    return value ? 1 : 0;
  }

  /** Hears of nothing. */
  private static final class Nobody implements WatchdogListener {
    @Override
    public void tripped(Stall stall) {}

    @Override
    public void observed(Stall stall) {}

    @Override
    public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {}

    @Override
    public void truncated(String message) {}

    @Override
    public void tick() {}

    @Override
    public boolean hasWork() {
      return false;
    }

    @Override
    public void failed(Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
