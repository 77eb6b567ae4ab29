package io.stallguard.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A stall is reported once and escalated once, and its release is not forgotten. */
public class IncidentRaces {
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = ACCEPTABLE,
      desc = "one report; the release is noted")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ReportAgainstReport {
    private final Guard guard = Fixture.idle();
    private final Incident incident = Fixture.incident(guard);

    @Actor
    public void reporter(III_Result r) {
      r.r1 = Fixture.asInt(incident.claimReport());
    }

    @Actor
    public void readerAtTheEndOfTheJvm(III_Result r) {
      incident.released();
      r.r2 = Fixture.asInt(incident.claimReport());
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.asInt(incident.releasedNanos() != 0);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = ACCEPTABLE,
      desc = "one report; the release is noted")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ReportAgainstReportAgainstRelease {
    private final Guard guard = Fixture.idle();
    private final Incident incident = Fixture.incident(guard);

    @Actor
    public void reporter(III_Result r) {
      r.r1 = Fixture.asInt(incident.claimReport());
    }

    @Actor
    public void endOfTheJvm(III_Result r) {
      r.r2 = Fixture.asInt(incident.claimReport());
    }

    @Actor
    public void reader() {
      incident.released();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = Fixture.asInt(incident.releasedNanos() != 0);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "aborted once, escalated once")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class FailedAbortAgainstEscalation {
    private final CountingAbort abort = new CountingAbort();
    // Held, as by a reader: an incident lets go of its stream once something was tried.
    private final Guard guard = Fixture.guard(abort);
    private final Incident incident = Fixture.incident(guard);

    @Actor
    public void aborting() {
      incident.run();
    }

    @Actor
    public void escalating() {
      incident.escalate();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r1 = abort.aborts.get();
      r.r2 = abort.escalations.get();
    }
  }

  /** First number: settled as the watchdog sees it; second: what its report then says. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "settled on the next tick")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "settled, with release and outcome")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class SettledByAnAsynchronousAbort {
    private final Guard guard = Fixture.guard(stalled -> {});
    private final Incident incident = Fixture.incident(guard);

    @Actor
    public void aborting() {
      incident.released();
      incident.run();
    }

    @Actor
    public void watchdog(II_Result r) {
      r.r1 = Fixture.asInt(incident.isSettled());
      r.r2 = Fixture.asInt(incident.releasedNanos() != 0 && incident.outcome().equals("aborted"));
    }
  }

  /** What {@link SettledByAnAsynchronousAbort} tries, with a reader's thread. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "neither yet")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "settled on the next tick")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "settled, with release and outcome")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class SettledIsComplete {
    private final Guard guard = Fixture.guard(stalled -> {});
    private final Incident incident = Fixture.incident(guard);

    @Actor
    public void aborting() {
      incident.run();
    }

    @Actor
    public void reader() {
      incident.released();
    }

    @Actor
    public void watchdog(II_Result r) {
      r.r1 = Fixture.asInt(incident.isSettled());
      r.r2 = Fixture.asInt(incident.releasedNanos() != 0 && incident.outcome().equals("aborted"));
    }
  }

  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, one told")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ErrorAgainstError {
    private static final IOException ERROR = new IOException("broken");

    private final AtomicInteger lines = new AtomicInteger();
    private final InternalErrors errors = new InternalErrors();

    @Actor
    public void one() {
      errors.record("races", ERROR);
    }

    @Actor
    public void other() {
      errors.record("races", ERROR);
    }

    @Arbiter
    public void end(II_Result r) {
      errors.tell(line -> lines.incrementAndGet());
      r.r1 = (int) errors.count();
      r.r2 = lines.get();
    }
  }

  /** An abort that fails. */
  private static final class CountingAbort implements Abort {
    private static final IOException ERROR = new IOException("broken");

    private final AtomicInteger aborts = new AtomicInteger();
    private final AtomicInteger escalations = new AtomicInteger();

    @Override
    public void abort(Guard guard) throws IOException {
      aborts.incrementAndGet();
      throw ERROR;
    }

    @Override
    public void escalate(Guard guard) {
      escalations.incrementAndGet();
    }
  }
}
