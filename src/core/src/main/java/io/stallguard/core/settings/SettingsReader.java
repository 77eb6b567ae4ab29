package io.stallguard.core.settings;

import io.stallguard.core.words.Mode;
import io.stallguard.core.words.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what operators wrote into settings; each mistake is told and takes the default. */
public final class SettingsReader {
  // Runs in the start of the JVM, before the app: no stream, regular expression or formatter here.

  private static final String MODULE_PREFIX = "instrumentation.";
  private static final String MODULE_SUFFIX = ".enabled";
  private static final String DEFAULT_HOLDS = "the default holds";
  private static final String WHOLE_RULE = "and the whole rule with it";
  private static final String NOT_SET = "the rule does not set it";
  private static final String UNCHANGED = "what held before still holds";

  private final SettingsSources sources;
  private final Set<String> modules;
  private final Consumer<String> problems;

  /** The settings that hold instead where one mistake refuses all that is new. */
  private final @Nullable String refused;

  private SettingsReader(
      SettingsSources sources,
      Set<String> modules,
      Consumer<String> problems,
      @Nullable String refused) {
    this.sources = sources;
    this.modules = modules;
    this.problems = problems;
    this.refused = refused;
  }

  /**
   * Reads all settings; never fails.
   *
   * @param arguments the agent's arguments, or null
   * @param properties the system properties
   * @param environment the environment variables
   * @param modules the names of the instrumentation modules there are
   * @param problems is told each mistake in one line
   */
  public static Settings read(
      @Nullable String arguments,
      Properties properties,
      Map<String, String> environment,
      Set<String> modules,
      Consumer<String> problems) {
    return read(
        SettingsSources.collect(arguments, properties, environment, knownKeys(modules), problems),
        modules,
        problems);
  }

  /** Reads what has been collected. */
  static Settings read(SettingsSources sources, Set<String> modules, Consumer<String> problems) {
    return read(new SettingsReader(sources.copy(), modules, problems, null), sources);
  }

  /** Reads what is to hold from now on, of which nothing does if there is any mistake. */
  public static Settings readChange(
      SettingsSources sources, Set<String> modules, Consumer<String> problems) {
    return read(new SettingsReader(sources.copy(), modules, problems, UNCHANGED), sources);
  }

  private static Settings read(SettingsReader reader, SettingsSources sources) {
    reader.checkKeys();
    Choices base = reader.choices();
    List<Rule> rules = reader.rules();
    Set<String> disabled = reader.disabledModules();
    Settings settings =
        new Settings(
            base, rules, disabled, new SettingsOrigin(sources, reader.modules, reader.sources));
    if (!base.isEmpty() || !rules.isEmpty()) {
      Contradictions.tell(settings, reader.problems);
    }
    return settings;
  }

  private void checkKeys() {
    for (String key : sources.keys()) {
      SettingsSources.Value value = sources.value(key);
      if (value != null && !isKnown(key)) {
        String nearest = NearestName.of(key, candidates(key));
        problems.accept(
            "unknown setting "
                + value.toldByName(key, nearest)
                + " ignored: did you mean "
                + value.spelled(nearest)
                + ", "
                + expected(nearest)
                + "?");
      }
    }
  }

  private boolean isKnown(String key) {
    return isForAll(Setting.of(key))
        || RuleKeys.isKnown(key)
        || knownModuleSwitches(modules).contains(key);
  }

  private static boolean isForAll(@Nullable Setting setting) {
    return setting != null && setting.isForAll();
  }

  private List<String> candidates(String key) {
    List<String> keys = knownKeys(modules);
    keys.addAll(RuleKeys.candidates(key));
    return keys;
  }

  /** What a value of this key must look like. */
  private static String expected(String key) {
    Setting setting = Setting.of(RuleKeys.id(key) == null ? key : RuleKeys.name(key));
    if (setting != null) {
      return setting.expected();
    }
    return key.startsWith(MODULE_PREFIX) ? Setting.ENABLED.expected() : Setting.INCLUDE.expected();
  }

  private static List<String> knownKeys(Set<String> modules) {
    List<String> keys = knownModuleSwitches(modules);
    for (Setting setting : Setting.values()) {
      if (setting.isForAll()) {
        keys.add(setting.key());
      }
    }
    return keys;
  }

  private static List<String> knownModuleSwitches(Set<String> modules) {
    List<String> keys = new ArrayList<>();
    for (String module : modules) {
      keys.add(moduleSwitch(module));
    }
    return keys;
  }

  static String moduleSwitch(String module) {
    return MODULE_PREFIX + module + MODULE_SUFFIX;
  }

  private Choices choices() {
    Map<Setting, Choice> chosen = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Choice choice = setting.isForAll() ? read(setting.key(), setting, "", DEFAULT_HOLDS) : null;
      if (choice != null) {
        chosen.put(setting, choice);
      }
    }
    return new Choices(chosen);
  }

  private Set<String> disabledModules() {
    Set<String> disabled = new HashSet<>();
    for (String module : modules) {
      Choice choice = read(moduleSwitch(module), Setting.ENABLED, "", DEFAULT_HOLDS);
      if (choice != null && choice.value().equals(false)) {
        disabled.add(module);
      }
    }
    return disabled;
  }

  private List<Rule> rules() {
    Map<String, String> firstKeys = new TreeMap<>();
    for (String key : sources.keys()) {
      String id = RuleKeys.id(key);
      if (id != null && RuleKeys.isKnown(key) && !firstKeys.containsKey(id)) {
        firstKeys.put(id, key);
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, String> each : firstKeys.entrySet()) {
      addRule(rules, each.getKey(), each.getValue());
    }
    Collections.sort(rules);
    return Collections.unmodifiableList(rules);
  }

  private void addRule(List<Rule> rules, String id, String firstKey) {
    String matchKey = RuleKeys.of(id, RuleKeys.MATCH);
    SettingsSources.Value match = sources.value(matchKey);
    Choice patterns = read(matchKey, Setting.INCLUDE, "", WHOLE_RULE);
    Choices choices = choices(id);
    if (match == null) {
      tell(firstKey, "the rule has no " + matchKey, Setting.INCLUDE.expected());
    } else if (patterns != null && choices != null && !choices.setAnything()) {
      tell(matchKey, "the rule sets nothing", "one of " + Lists.text(RuleKeys.names()) + " too");
    } else if (patterns != null && choices != null) {
      for (TargetPattern pattern : patterns(patterns)) {
        rules.add(new Rule(id, pattern, choices));
      }
      return;
    }
    discardRule(id);
  }

  private void discardRule(String id) {
    for (String name : RuleKeys.names()) {
      sources.discard(RuleKeys.of(id, name));
    }
  }

  @SuppressWarnings("unchecked") // As the parser of patterns made it.
  private static List<TargetPattern> patterns(Choice choice) {
    return (List<TargetPattern>) choice.value();
  }

  /**
   * The choices of a rule; null if what the rule is meant for cannot be read: it must not hold for
   * more.
   */
  private @Nullable Choices choices(String rule) {
    Map<Setting, Choice> chosen = new EnumMap<>(Setting.class);
    boolean whole = true;
    for (Setting setting : Setting.values()) {
      String key = RuleKeys.of(rule, setting.key());
      boolean given = setting.isForRules() && sources.value(key) != null;
      Choice choice =
          given
              ? read(
                  key, setting, "rule " + rule + ", ", setting.isCondition() ? WHOLE_RULE : NOT_SET)
              : null;
      if (choice != null) {
        chosen.put(setting, choice);
      }
      whole &= !given || choice != null || !setting.isCondition();
    }
    return whole ? new Choices(chosen) : null;
  }

  /** The value of a key whose values are those of this setting; null if there is none, or bad. */
  private @Nullable Choice read(String key, Setting kind, String origin, String consequence) {
    SettingsSources.Value value = sources.value(key);
    if (value == null) {
      return null;
    }
    try {
      return choice(kind, value, origin);
    } catch (IllegalArgumentException e) {
      if (kind == Setting.MODE) {
        return observe(key, value, origin);
      }
      tell(key, held(consequence) + culprit(value, e), kind.expected());
      sources.discard(key);
      return null;
    }
  }

  private static Choice choice(Setting kind, SettingsSources.Value value, String origin) {
    Object parsed = SettingValues.parse(kind, value.text());
    return new Choice(parsed, value.text(), origin + value.source());
  }

  /**
   * Chooses {@code observe} in place of a mode that cannot be read: who wants anything of the mode
   * gets what does no harm, and not the default.
   */
  private Choice observe(String key, SettingsSources.Value mistake, String origin) {
    String observe = Mode.OBSERVE.toString();
    tell(key, held(observe + " holds"), Setting.MODE.expected());
    return choice(Setting.MODE, sources.correct(key, mistake, observe), origin);
  }

  private String held(String atStart) {
    return refused == null ? atStart : refused;
  }

  /** The part of a value that is the mistake, if the value has several. */
  private static String culprit(SettingsSources.Value value, IllegalArgumentException mistake) {
    String part = mistake.getMessage();
    return part == null
            || part.isEmpty()
            || part.equals(value.text())
            || !value.text().contains(part)
        ? ""
        : ", because of " + Texts.clean(part, 100);
  }

  private void tell(String key, String consequence, String expected) {
    SettingsSources.Value value = sources.value(key);
    if (value != null) {
      problems.accept(value.named(key) + " ignored, " + consequence + ": expected " + expected);
    }
  }
}
