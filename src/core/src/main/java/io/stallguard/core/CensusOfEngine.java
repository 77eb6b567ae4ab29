package io.stallguard.core;

import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.coverage.CoverageSettings;
import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.household.Household;
import java.util.function.Consumer;

/** What the census of clients needs to know of the engine. Any thread. */
final class CensusOfEngine implements CoverageSettings {
  private final Engine engine;

  private CensusOfEngine(Engine engine) {
    this.engine = engine;
  }

  static Coverage begun(Engine engine, Household household, Watchdog watchdog) {
    return new Coverage(
        new CensusOfEngine(engine), new Aside(household, watchdog), new Uncovered(household));
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
    private final Household household;
    private final Watchdog watchdog;

    Aside(Household household, Watchdog watchdog) {
      this.household = household;
      this.watchdog = watchdog;
    }

    @Override
    public void accept(Runnable task) {
      household.aside(task);
      watchdog.wake();
    }
  }

  /** Reports a client that is not guarded, or not wholly. */
  private static final class Uncovered implements Consumer<String> {
    private final Household household;

    Uncovered(Household household) {
      this.household = household;
    }

    @Override
    public void accept(String line) {
      household.later(() -> household.reports().uncovered(line));
    }
  }
}
