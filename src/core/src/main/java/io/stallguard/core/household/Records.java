package io.stallguard.core.household;

import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.gaps.GapHistory;
import io.stallguard.core.jfr.FlightEvents;
import io.stallguard.core.words.Phase;
import org.jspecify.annotations.Nullable;

/** What is kept of all streams: their gaps, and the events of JFR while somebody records. */
public final class Records {
  // The methods are for the watchdog, but for those that tell what became of a stall. None of them
  // ever fails: what is kept of a stream must not stand in the way of its release.

  private final InternalErrors errors;
  private final GapHistory gaps = new GapHistory();

  /** What writes events of JFR; null as long as nobody has used JFR. */
  private volatile @Nullable FlightEvents flight;

  Records(InternalErrors errors) {
    this.errors = errors;
  }

  public GapHistory gaps() {
    return gaps;
  }

  /** Writes events of JFR from now on. */
  void flight(FlightEvents events) {
    flight = events;
  }

  /** Keeps a gap that ended because of bytes or the end. */
  void gap(StreamFacts stream, Silence silence, Phase phase) {
    keep(() -> gaps.gap(stream, silence.ranNanos(), phase));
    tell(events -> events.gap(stream, silence, phase));
  }

  /** Keeps that a stream is over, not by decision. */
  void over(StreamFacts stream, boolean givenUp) {
    keep(() -> gaps.over(stream, givenUp));
    tell(events -> events.stream(stream, givenUp ? "given up" : "over"));
  }

  /** Keeps that a stream is over by decision. */
  void ended(Stall stall) {
    if (stall.endsNormally()) {
      keep(() -> gaps.over(stall.stream(), false));
      tell(events -> events.stream(stall.stream(), "ended after done"));
    } else {
      keep(() -> gaps.stalled(stall));
      tell(events -> events.stream(stall.stream(), "stalled"));
    }
  }

  /** Keeps that a stall was told, and its stream left to go on. */
  void observed(Stall stall) {
    if (!stall.endsNormally()) {
      keep(() -> gaps.stalled(stall));
    }
    tell(events -> events.stall(stall, "observed", 0));
  }

  /** Keeps that a stall was acted on. Any thread. */
  void released(Incident incident) {
    tell(events -> events.stall(incident.stall(), incident.outcome(), incident.releasedNanos()));
  }

  /**
   * Runs what keeps something, one at a time: the thread that ends the JVM may do so as well as the
   * watchdog.
   */
  private void keep(Runnable entry) {
    try {
      synchronized (gaps) {
        entry.run();
      }
    } catch (Throwable t) {
      errors.record("a record of gaps", t);
    }
  }

  private void tell(Told told) {
    FlightEvents events = flight;
    if (events == null) {
      return;
    }
    try {
      told.to(events);
    } catch (Throwable t) {
      // What has failed once fails each time.
      flight = null;
      errors.record("an event of JFR, of which there will be no more", t);
    }
  }

  /** Something to tell JFR. */
  private interface Told {
    void to(FlightEvents events) throws ReflectiveOperationException;
  }
}
