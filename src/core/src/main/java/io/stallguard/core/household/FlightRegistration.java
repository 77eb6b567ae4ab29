package io.stallguard.core.household;

import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.jfr.FlightEvents;

/** Makes the types of JFR's events once JFR is in use. On a thread of its own. */
public final class FlightRegistration implements Runnable {
  // JFR writes a class for each type, which takes longer than a tick.

  private final Records records;
  private final InternalErrors errors;

  /** Makes them for these records. */
  public FlightRegistration(Records records, InternalErrors errors) {
    this.records = records;
    this.errors = errors;
  }

  @Override
  public void run() {
    try {
      records.flight(new FlightEvents());
    } catch (Throwable t) {
      errors.record("registration with JFR", t);
    }
  }
}
