package io.stallguard.core;

import io.stallguard.core.household.FlightRegistration;

/** Makes the types of events for Flight Recorder, on a thread of its own. */
final class FlightStart implements Runnable {
  private final Engine engine;

  FlightStart(Engine engine) {
    this.engine = engine;
  }

  /** Asks the watchdog for the types. On any thread, in the middle of the loading of a class. */
  @Override
  public void run() {
    engine.watchdog().request(new FlightRegistration(engine.records(), engine.errors()));
  }
}
