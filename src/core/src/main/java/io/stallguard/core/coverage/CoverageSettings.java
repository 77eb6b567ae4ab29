package io.stallguard.core.coverage;

/** What the settings in force say of modules and limits. Any thread. */
public interface CoverageSettings {
  /** Whether no exchange at all is watched. */
  boolean isOff();

  /** Whether the operator lets this module work. */
  boolean isModuleEnabled(String module);

  /** Whether anybody waits for heads under a limit. */
  boolean limitsHeads();

  /** Whether anybody waits for connections under a limit. */
  boolean limitsConnects();
}
