package io.stallguard.core.report;

import io.stallguard.core.words.LogLevel;
import java.util.function.Consumer;

/** Where lines go that are told, each with the level by which the settings let it pass. */
interface Log extends Consumer<String> {
  /** Writes a line. */
  void write(LogLevel level, String line);

  /** Writes what is told at any level but {@link LogLevel#OFF}. */
  @Override
  default void accept(String line) {
    write(LogLevel.INFO, line);
  }

  /**
   * A log that writes here: the consumer itself if it is a log, else a log that shows no levels.
   */
  static Log of(Consumer<String> lines) {
    return lines instanceof Log ? (Log) lines : new WithoutLevels(lines);
  }

  // A class instead of a lambda: the first lambda of a JVM costs its start some fifty more.

  /** Takes lines as they are. */
  final class WithoutLevels implements Log {
    private final Consumer<String> lines;

    WithoutLevels(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(LogLevel level, String line) {
      lines.accept(line);
    }
  }
}
