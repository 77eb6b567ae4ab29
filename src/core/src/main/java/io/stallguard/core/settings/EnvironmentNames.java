package io.stallguard.core.settings;

import java.util.List;
import java.util.Locale;

/** Names of settings as environment variables have them: {@code FIRST_BYTE} for first-byte. */
final class EnvironmentNames {
  private EnvironmentNames() {}

  /** The variable of a key, without the prefix {@code STALLGUARD_}. */
  static String name(String key) {
    return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /**
   * The key of a variable; the nearest thing to one if there is none.
   *
   * @param name without the prefix
   * @param known the keys there are, without those of rules
   */
  static String key(String name, List<String> known) {
    for (String key : known) {
      if (name(key).equals(name)) {
        return key;
      }
    }
    String rule = RuleKeys.ofEnvironment(name);
    return rule != null ? rule : name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
