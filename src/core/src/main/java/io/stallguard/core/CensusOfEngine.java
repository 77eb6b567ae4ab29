package io.stallguard.core;

import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.coverage.CoverageSettings;
import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.household.Incidents;
import java.util.function.Consumer;

/** What the census of clients needs to know of the engine. Any thread. */
final class CensusOfEngine implements CoverageSettings {
  private final Engine engine;

  private CensusOfEngine(Engine engine) {
    this.engine = engine;
  }

  static Coverage begun(Engine engine, Incidents incidents, Watchdog watchdog) {
    return new Coverage(
        new CensusOfEngine(engine), new Aside(incidents, watchdog), new Uncovered(incidents));
  }

  @Override
  public boolean isOff() {
    return engine.settings().isOff();
  }

  @Override
  public boolean isModuleEnabled(String module) {
    return engine.settings().isModuleEnabled(module);
  }

  @Override
  public boolean limitsHeads() {
    return engine.settings().limitsHeads();
  }

  @Override
  public boolean limitsConnects() {
    return engine.settings().limitsConnects();
  }

  // Classes instead of a lambda each: the first lambda of a JVM costs its start some fifty more.

  /** Has something done by the thread for reports. */
  private static final class Aside implements Consumer<Runnable> {
    private final Incidents incidents;
    private final Watchdog watchdog;

    Aside(Incidents incidents, Watchdog watchdog) {
      this.incidents = incidents;
      this.watchdog = watchdog;
    }

    @Override
    public void accept(Runnable task) {
      incidents.aside(task);
      watchdog.wake();
    }
  }

  /** Tells of a client. */
  private static final class Uncovered implements Consumer<String> {
    private final Incidents incidents;

    Uncovered(Incidents incidents) {
      this.incidents = incidents;
    }

    @Override
    public void accept(String line) {
      incidents.later(() -> incidents.reports().uncovered(line));
    }
  }
}
