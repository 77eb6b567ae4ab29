package io.stallguard.core.settings;

import io.stallguard.core.words.Mode;
import io.stallguard.core.words.Texts;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where settings come from: the strongest source of each key wins. One thread. */
public final class SettingsSources {
  public static final String PREFIX = "stallguard.";
  private static final String ENVIRONMENT_PREFIX = "STALLGUARD_";

  private final Map<String, Value> values;

  private SettingsSources(Map<String, Value> values) {
    this.values = values;
  }

  /**
   * Collects the values.
   *
   * @param arguments the agent's arguments, {@code idle=60s,mode=observe}
   * @param properties the system properties, which are stronger
   * @param environment the environment, which is weaker; empty values are none
   * @param known the keys that may stand there, without those of rules
   * @param problems is told if the file that one of them names, the weakest source, cannot be read
   */
  static SettingsSources collect(
      @Nullable String arguments,
      Properties properties,
      Map<String, String> environment,
      List<String> known,
      Consumer<String> problems) {
    SettingsSources strong = new SettingsSources(new LinkedHashMap<>());
    strong.addEnvironment(environment, known);
    strong.addArguments(arguments == null ? "" : arguments, "agent argument");
    strong.addProperties(properties);
    Value config = strong.value(Setting.CONFIG.key());
    if (config == null || config.text().isEmpty()) {
      return strong;
    }
    SettingsSources all = new SettingsSources(new LinkedHashMap<>());
    all.addFile(config, problems);
    all.values.putAll(strong.values);
    return all;
  }

  /** The settings that stand in a text like the agent's arguments, and nothing else. */
  public static SettingsSources of(String arguments, String source) {
    SettingsSources only = new SettingsSources(new LinkedHashMap<>());
    only.addArguments(arguments, source);
    return only;
  }

  /** These sources, and where they say nothing the weaker ones. */
  public SettingsSources over(SettingsSources weaker) {
    Map<String, Value> all = new LinkedHashMap<>(weaker.values);
    all.putAll(values);
    return new SettingsSources(all);
  }

  /** A copy, as reading discards mistakes. */
  SettingsSources copy() {
    return new SettingsSources(new LinkedHashMap<>(values));
  }

  private void addFile(Value config, Consumer<String> problems) {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(new FileInputStream(config.text()), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.accept(
          config.named(Setting.CONFIG.key())
              + " ignored: expected "
              + Setting.CONFIG.expected()
              + ": "
              + Texts.clean(String.valueOf(e), 300));
      // What stands in there is not known: a mode may, and nothing is to be done that it forbids.
      String source = "file " + config.text() + ", not readable";
      add(Setting.MODE.key(), new Value(Mode.OBSERVE.toString(), source, ""));
      return;
    }
    for (String name : sorted(properties)) {
      String key = withoutPrefix(name);
      add(key, new Value(properties.getProperty(name), "file " + config.text(), ""));
    }
  }

  private static Iterable<String> sorted(Properties properties) {
    Map<String, String> names = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      names.put(name, name);
    }
    return names.keySet();
  }

  private void addEnvironment(Map<String, String> environment, List<String> known) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(ENVIRONMENT_PREFIX) && !variable.getValue().trim().isEmpty()) {
        String key = EnvironmentNames.key(name.substring(ENVIRONMENT_PREFIX.length()), known);
        add(key, new Value(variable.getValue(), "environment " + name, ENVIRONMENT_PREFIX));
      }
    }
  }

  private void addProperties(Properties properties) {
    for (String name : sorted(properties)) {
      String value = properties.getProperty(name);
      if (name.startsWith(PREFIX) && value != null) {
        String key = name.substring(PREFIX.length());
        add(key, new Value(value, "system property " + name, PREFIX));
      }
    }
  }

  // A comma ends a pair, and also separates the items of a list: what has no '=' goes on with the
  // value before it. Nothing between two commas is nothing.
  private void addArguments(String arguments, String source) {
    String key = "";
    String text = "";
    for (String part : arguments.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        key = withoutPrefix(part.substring(0, equals).trim());
        text = part.substring(equals + 1);
        add(key, new Value(text, source, PREFIX));
      } else if (!part.trim().isEmpty()) {
        text = key.isEmpty() ? "" : text + "," + part;
        String name = key.isEmpty() ? withoutPrefix(part.trim()) : key;
        add(name, new Value(text, source, PREFIX));
      }
    }
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private void add(String key, Value value) {
    values.put(key, value);
  }

  /** The value in force, or null if no source has the key. */
  @Nullable Value value(String key) {
    return values.get(key);
  }

  /** Has another value take the place of one that is a mistake and has been told. */
  Value correct(String key, Value mistake, String text) {
    Value corrected = new Value(text, mistake.source + ", not understood", mistake.prefix);
    add(key, corrected);
    return corrected;
  }

  /** Forgets a value that is a mistake and has been told. */
  void discard(String key) {
    values.remove(key);
  }

  /** All keys that some source has, without the prefix. */
  public Iterable<String> keys() {
    return values.keySet();
  }

  /** A value as it was given, and by whom. */
  static final class Value {
    private final String text;
    private final String source;
    private final String prefix;

    /**
     * Takes a value as it was given.
     *
     * @param prefix what names have in front in this source
     */
    Value(String text, String source, String prefix) {
      this.text = text.trim();
      this.source = source;
      this.prefix = prefix;
    }

    String text() {
      return text;
    }

    /** Who gave the value, for people: {@code system property stallguard.idle}. */
    String source() {
      return source;
    }

    /** Another key as this source would spell it. */
    String spelled(String key) {
      return prefix.equals(ENVIRONMENT_PREFIX)
          ? ENVIRONMENT_PREFIX + EnvironmentNames.name(key)
          : PREFIX + key;
    }

    /** Key, value and source in one piece, fit for a line. */
    String named(String key) {
      return named(key, "=" + Texts.clean(text, 100));
    }

    /**
     * Key and source alone: what stands under a name that is none of ours may be a password. So may
     * in a file the name itself, on a line without an equals sign.
     *
     * @param nearest the known key that is most like it
     */
    String toldByName(String key, String nearest) {
      return prefix.isEmpty() && !NearestName.isLike(key, nearest)
          ? "whose name is like none that is known (" + Texts.clean(source, 200) + ")"
          : named(key, "");
    }

    private String named(String key, String value) {
      return PREFIX + Texts.clean(key, 100) + value + " (" + Texts.clean(source, 200) + ")";
    }
  }
}
