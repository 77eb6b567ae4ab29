package io.stallguard.core.jmx;

import io.stallguard.core.StallGuardMXBean;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsList;
import java.util.ArrayList;
import java.util.List;

/** A line of the list of settings as JMX shows it. Immutable. */
final class SettingRow implements StallGuardMXBean.SettingEntry {
  private final SettingsList.Entry entry;

  private SettingRow(SettingsList.Entry entry) {
    this.entry = entry;
  }

  /** The rows of all settings. */
  static List<StallGuardMXBean.SettingEntry> all(Settings settings) {
    List<StallGuardMXBean.SettingEntry> rows = new ArrayList<>();
    for (SettingsList.Entry entry : SettingsList.of(settings)) {
      rows.add(new SettingRow(entry));
    }
    return rows;
  }

  @Override
  public String getName() {
    return entry.name();
  }

  @Override
  public String getValue() {
    return entry.value();
  }

  @Override
  public String getSource() {
    return entry.source();
  }

  @Override
  public String toString() {
    return entry.toString();
  }
}
