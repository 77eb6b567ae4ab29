package io.stallguard.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where settings come from: the strongest source of each key wins. One thread. */
final class SettingsSources {
  static final String PREFIX = "stallguard.";

  private final Map<String, Value> values = new LinkedHashMap<>();

  /**
   * Collects the values.
   *
   * @param arguments the agent's arguments, {@code idle=60s,mode=observe}
   * @param properties the system properties, which are stronger
   */
  SettingsSources(@Nullable String arguments, Properties properties) {
    addArguments(arguments == null ? "" : arguments);
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        String key = name.substring(PREFIX.length());
        values.put(key, new Value(properties.getProperty(name), "system property " + name));
      }
    }
  }

  // A comma ends a pair, and also separates the items of a list: what has no '=' goes on with the
  // value before it. Nothing between two commas is nothing.
  private void addArguments(String arguments) {
    String key = "";
    String text = "";
    for (String part : arguments.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        key = part.substring(0, equals).trim();
        text = part.substring(equals + 1);
        add(key, text);
      } else if (!part.trim().isEmpty()) {
        text = key.isEmpty() ? "" : text + "," + part;
        add(key.isEmpty() ? part.trim() : key, text);
      }
    }
  }

  private void add(String key, String text) {
    String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
    values.put(name, new Value(text, "agent argument"));
  }

  /** The value in force, or null if no source has the key. */
  @Nullable Value value(String key) {
    return values.get(key);
  }

  /** Forgets a value that is a mistake and has been told. */
  void discard(String key) {
    values.remove(key);
  }

  /** All keys that some source has, without the prefix. */
  Iterable<String> keys() {
    return values.keySet();
  }

  /** A value as it was given, and by whom. */
  static final class Value {
    private final String text;
    private final String source;

    Value(String text, String source) {
      this.text = text.trim();
      this.source = source;
    }

    String text() {
      return text;
    }

    /** For people: {@code system property stallguard.idle}. */
    String source() {
      return source;
    }
  }
}
