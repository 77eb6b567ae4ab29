package io.stallguard.core.words;

/** How much is told; each level tells what those above it tell, too. */
public enum LogLevel {
  /** Nothing once the app runs. */
  OFF,
  /** Errors of the agent's own. */
  ERROR,
  /** Stalls, and what else happens to streams. */
  WARN,
  /** What operators do. */
  INFO;

  /** All levels, from the one that tells most. */
  public static LogLevel[] mostFirst() {
    return new LogLevel[] {INFO, WARN, ERROR, OFF};
  }

  /** Whether what needs this level is told. */
  public boolean shows(LogLevel needed) {
    return compareTo(needed) >= 0;
  }
}
