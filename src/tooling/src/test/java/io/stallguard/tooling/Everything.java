package io.stallguard.tooling;

import io.stallguard.core.coverage.CoverageSettings;

/** All is on, and nothing is limited. */
final class Everything implements CoverageSettings {
  @Override
  public boolean isOff() {
    return false;
  }

  @Override
  public boolean isModuleEnabled(String module) {
    return true;
  }

  @Override
  public boolean limitsHeads() {
    return false;
  }

  @Override
  public boolean limitsConnects() {
    return false;
  }
}
