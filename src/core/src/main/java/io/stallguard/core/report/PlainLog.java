package io.stallguard.core.report;

import io.stallguard.core.words.LogLevel;

/** Lines on standard error as they are, for who reads them by machine. Any thread. */
final class PlainLog implements Log {
  @Override
  public void write(LogLevel level, String line) {
    System.err.println(line);
  }
}
