package io.stallguard.core;

import io.stallguard.core.household.Breakers;

/** What breakers of hosts ask of the engine. Watchdog only. */
final class OpenHosts implements Breakers.Surroundings, DeadlineWheel.Watcher {
  private final Engine engine;

  OpenHosts(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void countOpen() {
    engine.watchdog().each(this);
  }

  @Override
  public void look(StreamEntry entry) {
    if (entry.get() != null) {
      entry.host.found();
    }
  }

  @Override
  public void judgeAnew() {
    engine.judgeAnew();
  }

  @Override
  public void tell(String line) {
    engine.incidents().tell(line);
  }
}
