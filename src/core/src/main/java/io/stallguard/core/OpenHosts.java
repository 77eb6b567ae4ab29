package io.stallguard.core;

import io.stallguard.core.household.Breakers;

/** What breakers of hosts ask of the engine. Watchdog only. */
final class OpenHosts implements Breakers.Surroundings {
  private final Engine engine;

  OpenHosts(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void countOpen() {
    engine.streams().countByHost();
  }

  @Override
  public void judgeAnew() {
    engine.judgeAnew();
  }

  @Override
  public void tell(String line) {
    engine.household().tell(line);
  }
}
