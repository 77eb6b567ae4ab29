package io.stallguard.core;

import io.stallguard.core.household.FlightRegistration;

/** Has a thread started that makes the agent's types of events for Flight Recorder. */
final class FlightStart implements Runnable {
  private final Engine engine;

  FlightStart(Engine engine) {
    this.engine = engine;
  }

  /** On any thread, in the middle of the loading of a class. */
  @Override
  public void run() {
    Runnable types = new FlightRegistration(engine.records(), engine.errors());
    engine.inBackground("stallguard-jfr", types);
  }
}
