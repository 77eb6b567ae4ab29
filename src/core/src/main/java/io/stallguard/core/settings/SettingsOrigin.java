package io.stallguard.core.settings;

import java.util.Set;

/** What settings were read from, and for which modules: to read them again with a change. */
public final class SettingsOrigin {
  private final SettingsSources sources;
  private final Set<String> modules;
  private final SettingsSources valid;

  /**
   * Makes an origin.
   *
   * @param valid the sources without the values that were mistakes
   */
  SettingsOrigin(SettingsSources sources, Set<String> modules, SettingsSources valid) {
    this.sources = sources;
    this.modules = modules;
    this.valid = valid;
  }

  public SettingsSources sources() {
    return sources;
  }

  public Set<String> modules() {
    return modules;
  }

  SettingsSources valid() {
    return valid;
  }
}
