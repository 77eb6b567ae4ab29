package io.stallguard.core;

import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.household.Household;
import io.stallguard.core.report.ModuleLines;
import io.stallguard.core.report.Reports;
import java.util.function.Consumer;

/**
 * Hands lines to the thread for reports, for callers that must not wait for them: a thread of the
 * app that loads a class, say. Any thread.
 */
public final class BackgroundLines implements Consumer<String> {
  private final Household household;
  private final Watchdog watchdog;
  private final Consumer<String> console;

  private BackgroundLines(Engine engine, Consumer<String> console) {
    this.household = engine.household();
    this.watchdog = engine.watchdog();
    this.console = console;
  }

  /**
   * Lines about modules that do not work, which go where reports go.
   *
   * @param console takes a line if what writes reports cannot be loaded
   */
  public static Consumer<String> ofModules(Engine engine, Consumer<String> console) {
    return new BackgroundLines(engine, new ModuleLines(engine.household().reports(), console));
  }

  /**
   * Tells how the agent has started: where reports go, and nowhere if no reports are written.
   *
   * @param console writes a line to standard error
   */
  public static void tellStart(Engine engine, String line, Consumer<String> console) {
    Consumer<String> log = Reports.ofStart(engine.settings().choices(), console);
    if (log == console) {
      console.accept(line);
    } else if (log != null) {
      new BackgroundLines(engine, log).accept(line);
    }
  }

  @Override
  public void accept(String line) {
    household.later(new Line(console, line));
    watchdog.wake();
  }

  // A class instead of a lambda: the first lambda of a JVM costs its start some fifty more.

  /** A line on its way. */
  private static final class Line implements Runnable {
    private final Consumer<String> console;
    private final String line;

    Line(Consumer<String> console, String line) {
      this.console = console;
      this.line = line;
    }

    @Override
    public void run() {
      console.accept(line);
    }
  }
}
