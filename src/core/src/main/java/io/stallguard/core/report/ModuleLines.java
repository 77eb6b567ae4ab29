package io.stallguard.core.report;

import java.util.function.Consumer;

/**
 * Tells of modules that do not work, in the way in which clients are told that are not guarded.
 * Thread for reports.
 */
public final class ModuleLines implements Consumer<String> {
  private final Reports reports;
  private final Consumer<String> console;

  /**
   * Makes a consumer of lines that goes by the settings.
   *
   * @param console takes a line if what writes reports is not to be had: the jar may be damaged
   */
  public ModuleLines(Reports reports, Consumer<String> console) {
    this.reports = reports;
    this.console = console;
  }

  @Override
  public void accept(String line) {
    try {
      reports.uncovered(line);
    } catch (LinkageError e) {
      console.accept(line);
    }
  }
}
