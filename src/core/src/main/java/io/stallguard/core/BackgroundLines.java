package io.stallguard.core;

import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.household.Incidents;
import java.util.function.Consumer;

/** Hands lines to the thread for reports. Any thread. */
final class BackgroundLines implements Consumer<String> {
  private final Incidents incidents;
  private final Watchdog watchdog;
  private final Consumer<String> console;

  /**
   * Makes a consumer of lines.
   *
   * @param console writes a line, and may block
   */
  BackgroundLines(Incidents incidents, Watchdog watchdog, Consumer<String> console) {
    this.incidents = incidents;
    this.watchdog = watchdog;
    this.console = console;
  }

  @Override
  public void accept(String line) {
    incidents.later(new Line(console, line));
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
