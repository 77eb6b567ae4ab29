package io.stallguard.core;

import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsList;
import io.stallguard.core.settings.SettingsOrigin;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.settings.SettingsSources;
import java.util.ArrayList;
import java.util.List;

/** Settings that an operator gives while the JVM runs: all of them hold, or none. */
final class SettingsChange {
  private SettingsChange() {}

  /**
   * The settings with a change.
   *
   * @param change as agent arguments are: {@code idle=60s,mode=observe}
   * @param source who changes them, for people
   * @throws IllegalArgumentException if anything in it is a mistake, with all that are
   */
  static Settings of(Settings before, String change, String source) {
    SettingsSources changed = SettingsSources.of(change, source);
    List<String> mistakes = new ArrayList<>();
    for (String key : changed.keys()) {
      if (isForStartOnly(key, before)) {
        mistakes.add(SettingsSources.PREFIX + key + " can be set at start only");
      }
    }
    SettingsOrigin origin = before.origin();
    SettingsSources all = changed.over(origin.sources());
    Settings after = SettingsReader.readChange(all, origin.modules(), mistakes::add);
    mistakes.removeAll(mistakesOf(origin));
    if (!changed.keys().iterator().hasNext()) {
      mistakes.add("nothing to change: expected settings such as idle=60s,mode=observe");
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException("nothing is changed: " + String.join("; ", mistakes));
    }
    return after;
  }

  private static boolean isForStartOnly(String key, Settings before) {
    Setting setting = Setting.of(key);
    return setting != null ? !setting.isForRuntime() : SettingsList.isSwitch(key, before.origin());
  }

  /** The mistakes of a source: they were told at start, and are no matter of the change. */
  private static List<String> mistakesOf(SettingsOrigin origin) {
    List<String> mistakes = new ArrayList<>();
    SettingsReader.readChange(origin.sources(), origin.modules(), mistakes::add);
    return mistakes;
  }
}
