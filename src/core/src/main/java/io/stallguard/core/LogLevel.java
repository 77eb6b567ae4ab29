package io.stallguard.core;

/** How much is told; each tells what is above it too. */
enum LogLevel {
  /** Nothing once the app runs. */
  OFF,
  /** Errors of the agent's own. */
  ERROR,
  /** Stalls, and what else happens to streams. */
  WARN,
  /** What operators do. */
  INFO;

  /** Whether what needs this level is told. */
  boolean shows(LogLevel needed) {
    return compareTo(needed) >= 0;
  }
}
