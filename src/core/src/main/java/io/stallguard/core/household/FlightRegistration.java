package io.stallguard.core.household;

import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.jfr.FlightEvents;
import io.stallguard.core.words.Daemon;

/** Makes the types of JFR's events once JFR is in use, on a thread of its own. */
public final class FlightRegistration implements Runnable {
  // JFR writes a class for each type, which takes longer than a tick.

  private final Records records;
  private final InternalErrors errors;

  public FlightRegistration(Records records, InternalErrors errors) {
    this.records = records;
    this.errors = errors;
  }

  /** Starts the thread. Watchdog only, as the thread inherits from its maker. */
  @Override
  public void run() {
    Daemon.of(this::register, "stallguard-jfr").start();
  }

  private void register() {
    try {
      records.flight(new FlightEvents());
    } catch (Throwable t) {
      errors.record("registration with JFR", t);
    }
  }
}
