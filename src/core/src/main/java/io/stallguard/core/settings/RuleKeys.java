package io.stallguard.core.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of rules: {@code rule.<id>.match} and {@code rule.<id>.<setting>}. */
final class RuleKeys {
  static final String PREFIX = "rule.";
  static final String MATCH = "match";
  private static final String ENVIRONMENT_PREFIX = "RULE_";

  private RuleKeys() {}

  /** The rule that a key belongs to, or null if it is none of a rule. */
  static @Nullable String id(String key) {
    int dot = key.lastIndexOf('.');
    return key.startsWith(PREFIX) && dot > PREFIX.length()
        ? key.substring(PREFIX.length(), dot)
        : null;
  }

  /** The name that follows the id. */
  static String name(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  static String of(String id, String name) {
    return PREFIX + id + "." + name;
  }

  static boolean isKnown(String key) {
    return id(key) != null && names().contains(name(key));
  }

  /** The names of all that a rule may have. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(MATCH);
    for (Setting setting : Setting.values()) {
      if (setting.isForRules()) {
        names.add(setting.key());
      }
    }
    return names;
  }

  /** The keys that somebody may have meant who wrote this. */
  static List<String> candidates(String key) {
    List<String> keys = new ArrayList<>();
    int first = key.indexOf('.');
    int last = key.lastIndexOf('.');
    if (first > 0 && last > first + 1) {
      for (String name : names()) {
        keys.add(of(key.substring(first + 1, last), name));
      }
    }
    return keys;
  }

  /**
   * The key of {@code RULE_SLOW_EVENT_IDLE}: the longest name wins, so that this is no {@code idle}
   * of a rule "slow-event". Null if it is none of a rule.
   */
  static @Nullable String ofEnvironment(String name) {
    String longest = "";
    for (String candidate : names()) {
      if (name.endsWith("_" + EnvironmentNames.name(candidate))
          && candidate.length() > longest.length()) {
        longest = candidate;
      }
    }
    int end = name.length() - longest.length() - 1;
    if (longest.isEmpty()
        || !name.startsWith(ENVIRONMENT_PREFIX)
        || end <= ENVIRONMENT_PREFIX.length()) {
      return null;
    }
    String id = name.substring(ENVIRONMENT_PREFIX.length(), end);
    return of(id.toLowerCase(Locale.ROOT).replace('_', '-'), longest);
  }
}
