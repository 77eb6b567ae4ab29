package io.stallguard.core.settings;

import io.stallguard.core.words.Texts;
import java.util.ArrayList;
import java.util.List;

/** Settings as a list for people: of each its name, the value in force and its source. */
public final class SettingsList {
  private static final String DEFAULT = "default";

  private SettingsList() {}

  /** All settings, those of rules and the switches of modules too. */
  public static List<Entry> of(Settings settings) {
    List<Entry> entries = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      if (!setting.isForAll()) {
        continue;
      }
      Choice choice = settings.choices().of(setting);
      entries.add(
          choice == null
              ? new Entry(setting.key(), setting.standardText(), DEFAULT)
              : new Entry(setting.key(), choice.text(), choice.source()));
    }
    SettingsSources valid = settings.origin().valid();
    for (String module : settings.origin().modules()) {
      String key = SettingsReader.moduleSwitch(module);
      SettingsSources.Value value = valid.value(key);
      entries.add(
          value == null
              ? new Entry(key, "true", DEFAULT)
              : new Entry(key, value.text(), value.source()));
    }
    addRules(entries, valid);
    return entries;
  }

  private static void addRules(List<Entry> entries, SettingsSources valid) {
    for (String key : valid.keys()) {
      SettingsSources.Value value = valid.value(key);
      if (value != null && RuleKeys.isKnown(key)) {
        entries.add(new Entry(key, value.text(), value.source()));
      }
    }
  }

  static String source(Choices choices, Setting setting) {
    Choice choice = choices.of(setting);
    return choice == null ? DEFAULT : choice.source();
  }

  /** Rules and switches of modules that were set, each behind a comma. */
  static void appendOthers(StringBuilder text, SettingsOrigin origin) {
    for (String key : origin.valid().keys()) {
      SettingsSources.Value value = origin.valid().value(key);
      if (value != null && (RuleKeys.isKnown(key) || isSwitch(key, origin))) {
        String told = value.named(key).substring(SettingsSources.PREFIX.length());
        text.append(", ").append(told);
      }
    }
  }

  /** Whether this is the switch of a module. */
  public static boolean isSwitch(String key, SettingsOrigin origin) {
    for (String module : origin.modules()) {
      if (key.equals(SettingsReader.moduleSwitch(module))) {
        return true;
      }
    }
    return false;
  }

  /** A line of the list. */
  public static final class Entry {
    private final String name;
    private final String value;
    private final String source;

    Entry(String name, String value, String source) {
      this.name = name;
      this.value = Texts.clean(value, 1000);
      this.source = Texts.clean(source, 1000);
    }

    public String name() {
      return name;
    }

    public String value() {
      return value;
    }

    public String source() {
      return source;
    }

    @Override
    public String toString() {
      return name + "=" + value + " (" + source + ")";
    }
  }
}
