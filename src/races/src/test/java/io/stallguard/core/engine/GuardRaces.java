package io.stallguard.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A stream has one outcome, whoever comes first. */
public class GuardRaces {
  // States in the outcomes: 0 IDLE, 1 AWAITING, 2 OBSERVED, 3 STALLED, 4 FINISHED.

  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "an ordinary read")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the reader knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ArrivedAgainstTrip {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.arrived(1));
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "an ordinary read")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the reader knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class SatisfiedAgainstTrip {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.satisfied());
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 0, 4", expect = ACCEPTABLE, desc = "an ordinary end")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the reader knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class FinishedAgainstTrip {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.finished());
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the silence begins anew")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the deliverer knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class BufferedAgainstTrip {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void deliverer(III_Result r) {
      r.r1 = Fixture.asInt(guard.buffered(1));
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  /** The next silence of the same reader is not the one that was found too long. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "read, and waiting again")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the reader knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class NextReadAgainstTrip {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(III_Result r) {
      boolean live = guard.arrived(1);
      r.r1 = Fixture.asInt(live & guard.awaiting());
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 4", expect = ACCEPTABLE, desc = "read and closed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ArrivedAgainstClose {
    private final Guard guard = Fixture.awaiting();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.arrived(1));
    }

    @Actor
    public void closer(III_Result r) {
      r.r2 = Fixture.asInt(guard.finished());
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 0, 4", expect = ACCEPTABLE, desc = "read and closed")
  @Outcome(id = "0, 0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and both know")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CloseByAnotherThread {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(IIII_Result r) {
      r.r1 = Fixture.asInt(guard.arrived(1));
    }

    @Actor
    public void closer(IIII_Result r) {
      r.r2 = Fixture.asInt(guard.finished());
    }

    @Actor
    public void watchdog(IIII_Result r) {
      r.r3 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(IIII_Result r) {
      r.r4 = Fixture.stateOf(guard);
    }
  }

  /** The ordered store may overtake the end; the watchdog cannot find the stream any more. */
  @JCStressTest
  @Outcome(id = "1, 1, 4, 0", expect = ACCEPTABLE, desc = "finished and out of the registry")
  @Outcome(
      id = "1, 1, 1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "looks awaited, but out of the registry")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AwaitingAgainstFinished {
    private final Guard guard = Fixture.idle();

    @Actor
    public void reader(IIII_Result r) {
      r.r1 = Fixture.asInt(guard.awaiting());
    }

    @Actor
    public void closer(IIII_Result r) {
      r.r2 = Fixture.asInt(guard.finished());
    }

    @Arbiter
    public void end(IIII_Result r) {
      r.r3 = Fixture.stateOf(guard);
      r.r4 = Fixture.asInt(guard.entry().get() != null);
    }
  }

  /**
   * The ordered store of one thread and the stall of another that waits on the same stream. The
   * watchdog here trips at once; in life a whole limit lies between, so that the reader would have
   * to stand between its load and its store for that long.
   */
  @JCStressTest
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the reader knows")
  @Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "a stall, the reader's exit will tell")
  @Outcome(
      id = "1, 1, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the store overtook the stall: the reader sees the client's own exception")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AwaitingAgainstStallOfACloser {
    private final Guard guard = Fixture.idle();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.awaiting());
    }

    @Actor
    public void closerThenWatchdog(III_Result r) {
      guard.awaiting();
      long seen = guard.word();
      r.r2 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.stateOf(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "observed, then resumed")
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "an ordinary read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ArrivedAgainstObserve {
    private final Guard guard = Fixture.awaiting();
    private final long seen = guard.word();

    @Actor
    public void reader(III_Result r) {
      r.r1 = Fixture.asInt(guard.arrived(1));
    }

    @Actor
    public void watchdog(III_Result r) {
      r.r2 = Fixture.asInt(guard.move(seen, GuardWord.observed(seen)));
    }

    @Arbiter
    public void end(III_Result r) {
      Fixture.drain();
      r.r3 = Fixture.stateOf(guard);
    }
  }

  /** The report names the thread that waits. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not waiting yet")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "about to wait")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "waiting, and known who")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WaiterIsKnown {
    private final Guard guard = Fixture.idle();

    @Actor
    public void reader() {
      guard.awaiting();
    }

    @Actor
    public void watchdog(II_Result r) {
      r.r1 = Fixture.isWaiting(guard);
      r.r2 = Fixture.asInt(guard.waiter() != null);
    }
  }

  /** Which limit holds depends on whether a byte has come. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "still the first silence")
  @Outcome(id = "0, 7", expect = ACCEPTABLE, desc = "being read")
  @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "the next silence, after the first byte")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ProgressIsKnown {
    private final Guard guard = Fixture.awaiting();
    private final long first = guard.word();

    @Actor
    public void reader() {
      guard.arrived(7);
      guard.awaiting();
    }

    @Actor
    public void watchdog(II_Result r) {
      r.r1 = Fixture.asInt(guard.word() != first);
      r.r2 = (int) guard.progress().bytes();
    }
  }
}
