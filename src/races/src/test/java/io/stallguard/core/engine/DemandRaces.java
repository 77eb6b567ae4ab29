package io.stallguard.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A consumer waits exactly while it is owed something and is not busy. */
public class DemandRaces {
  // First number: whether the guard took a busy consumer for a waiting one.

  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one item owed, and awaited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestAgainstDelivery {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 1);

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void deliverer(II_Result r) {
      demand.delivering(1);
      r.r1 = Fixture.isWaiting(guard);
      demand.delivered();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Fixture.isWaiting(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one item owed, and awaited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestAgainstTwoDeliveries {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 2);

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void deliverer(II_Result r) {
      demand.delivering(1);
      int first = Fixture.isWaiting(guard);
      demand.delivered();
      demand.delivering(1);
      r.r1 = first | Fixture.isWaiting(guard);
      demand.delivered();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Fixture.isWaiting(guard);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "asked for, and awaited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestAgainstSubscription {
    private final Guard guard = Fixture.idle();
    private final Demand demand = new Demand(guard);

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void subscriber(II_Result r) {
      r.r1 = Fixture.isWaiting(guard);
      demand.delivered();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Fixture.isWaiting(guard);
    }
  }

  /** First number: whether the item may be delivered. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "delivered, and the next one awaited")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the deliverer knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class DeliveryAgainstTrip {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 2);
    private final long seen = guard.word();

    @Actor
    public void deliverer(III_Result r) {
      r.r1 = Fixture.asInt(demand.delivering(1));
      demand.delivered();
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

  /** Asking for more is no sign of life of the server. */
  @JCStressTest
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "a stall")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestAgainstTrip {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 1);
    private final long seen = guard.word();

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void watchdog(II_Result r) {
      r.r1 = Fixture.asInt(Fixture.trip(guard, seen));
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Fixture.stateOf(guard);
    }
  }

  /** First number: whether the item may be delivered. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "delivered, and the next one awaited")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "a stall, and the deliverer knows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestAndDeliveryAgainstTrip {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 1);
    private final long seen = guard.word();

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void deliverer(III_Result r) {
      r.r1 = Fixture.asInt(demand.delivering(1));
      demand.delivered();
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

  /**
   * Reactive Streams has requests come one after another (rule 2.7). From a consumer that breaks
   * this the guard may hear too late that it waits; the watchdog does not believe it then.
   */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one item owed, and awaited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestsAtOnceAgainstDelivery {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 0);

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void requesterThenDeliverer(II_Result r) {
      demand.requested(1);
      demand.delivering(1);
      r.r1 = Fixture.isOwed(guard);
      demand.delivered();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Fixture.isOwed(guard);
    }
  }

  /** Two requesters at once, and all that they asked for comes: nobody waits. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "nothing owed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RequestsAtOnceAgainstAllDeliveries {
    private final Guard guard = Fixture.idle();
    private final Demand demand = Fixture.asked(guard, 0);

    @Actor
    public void requester() {
      demand.requested(1);
    }

    @Actor
    public void requesterThenDeliverer() {
      demand.requested(1);
      demand.delivering(1);
      demand.delivered();
    }

    @Arbiter
    public void end(I_Result r) {
      demand.delivering(1);
      demand.delivered();
      guard.requested();
      r.r1 = Fixture.isOwed(guard);
    }
  }
}
