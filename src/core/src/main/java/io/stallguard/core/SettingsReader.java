package io.stallguard.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what operators wrote into settings; each mistake is told and takes the default. */
public final class SettingsReader {
  // Runs in the start of the JVM, before the app: no stream, regular expression or formatter here.

  /** What most tools that time the bytes of such streams have come to: shorter kills thinkers. */
  private static final long DEFAULT_IDLE_NANOS = TimeUnit.SECONDS.toNanos(300);

  private static final String MODULE_PREFIX = "instrumentation.";
  private static final String MODULE_SUFFIX = ".enabled";
  private static final String DEFAULT = "default";

  private final SettingsSources sources;
  private final Set<String> modules;
  private final Consumer<String> problems;

  private SettingsReader(SettingsSources sources, Set<String> modules, Consumer<String> problems) {
    this.sources = sources;
    this.modules = modules;
    this.problems = problems;
  }

  /**
   * Reads all settings; never fails.
   *
   * @param arguments the agent's arguments, or null
   * @param properties the system properties
   * @param modules the names of the instrumentation modules there are
   * @param problems is told each mistake in one line
   */
  public static Settings read(
      @Nullable String arguments,
      Properties properties,
      Set<String> modules,
      Consumer<String> problems) {
    SettingsSources sources = new SettingsSources(arguments, properties);
    SettingsReader reader = new SettingsReader(sources, modules, problems);
    reader.checkKeys();
    Settings settings = new Settings(reader);
    reader.checkContradictions(settings);
    return settings;
  }

  private void checkKeys() {
    for (String key : sources.keys()) {
      if (Setting.of(key) == null && !isModuleSwitch(key)) {
        SettingsSources.Value value = sources.value(key);
        problems.accept(
            "unknown setting "
                + SettingsSources.PREFIX
                + Texts.clean(key, 100)
                + (value == null ? "" : " (" + value.source() + ")")
                + " ignored: did you mean "
                + SettingsSources.PREFIX
                + NearestName.of(key, knownKeys())
                + "?");
      }
    }
  }

  private boolean isModuleSwitch(String key) {
    return knownModuleSwitches().contains(key);
  }

  private List<String> knownKeys() {
    List<String> keys = knownModuleSwitches();
    for (Setting setting : Setting.values()) {
      keys.add(setting.key());
    }
    return keys;
  }

  private List<String> knownModuleSwitches() {
    List<String> keys = new ArrayList<>();
    for (String module : modules) {
      keys.add(MODULE_PREFIX + module + MODULE_SUFFIX);
    }
    return keys;
  }

  private void checkContradictions(Settings settings) {
    if (sources.value(Setting.IDLE.key()) != null) {
      checkReachable(settings.idle(), settings.total());
    }
    Limit firstByte = settings.firstByte();
    if (firstByte != null) {
      checkReachable(firstByte, settings.total());
    }
  }

  private void checkReachable(Limit limit, Limit total) {
    if (!limit.isOff() && total.nanos() < limit.nanos()) {
      problems.accept(
          total
              + " is shorter than "
              + limit
              + ": the "
              + limit.name()
              + " limit can never be reached");
    }
  }

  boolean flag(Setting setting, boolean otherwise) {
    return read(setting.key(), setting.expected(), SettingsReader::parseFlag, otherwise);
  }

  Mode mode() {
    return read(Setting.MODE, SettingsReader::parseMode, Mode.ENFORCE);
  }

  Limit idle() {
    Limit idle = limit(Setting.IDLE);
    return idle != null ? idle : new Limit(Setting.IDLE.key(), DEFAULT_IDLE_NANOS, DEFAULT);
  }

  Limit subscriptionIdle() {
    Limit idle = limitQuietly(Setting.IDLE);
    return idle != null ? idle : new Limit(Setting.IDLE.key(), Limit.OFF_NANOS, DEFAULT);
  }

  @Nullable Limit firstByte() {
    return limit(Setting.FIRST_BYTE);
  }

  Limit total() {
    Limit total = limit(Setting.TOTAL);
    return total != null ? total : new Limit(Setting.TOTAL.key(), Limit.OFF_NANOS, DEFAULT);
  }

  List<String> contentTypes() {
    return read(Setting.CONTENT_TYPES, SettingsReader::parseTypes, MediaTypes.STREAMED);
  }

  List<String> methods() {
    return read(Setting.METHODS, SettingsReader::parseMethods, Collections.singletonList("*"));
  }

  List<TargetPattern> patterns(Setting setting, String otherwise) {
    List<TargetPattern> none =
        otherwise.isEmpty() ? Collections.emptyList() : Lists.patterns(otherwise);
    return read(setting, Lists::patterns, none);
  }

  Set<String> disabledModules() {
    Set<String> disabled = new HashSet<>();
    for (String module : modules) {
      String key = MODULE_PREFIX + module + MODULE_SUFFIX;
      if (!read(key, Setting.ENABLED.expected(), SettingsReader::parseFlag, true)) {
        disabled.add(module);
      }
    }
    return disabled;
  }

  private @Nullable Limit limit(Setting setting) {
    SettingsSources.Value value = sources.value(setting.key());
    if (value == null) {
      return null;
    }
    try {
      return new Limit(setting.key(), Durations.parse(value.text()), value.source());
    } catch (IllegalArgumentException e) {
      tell(setting.key(), value, setting.expected());
      return null;
    }
  }

  /** The same for a second use of a setting whose mistakes were told at the first. */
  private @Nullable Limit limitQuietly(Setting setting) {
    return new SettingsReader(sources, modules, line -> {}).limit(setting);
  }

  private <T> T read(Setting setting, Function<String, T> parser, T otherwise) {
    return read(setting.key(), setting.expected(), parser, otherwise);
  }

  private <T> T read(String key, String expected, Function<String, T> parser, T otherwise) {
    SettingsSources.Value value = sources.value(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException e) {
      tell(key, value, expected);
      return otherwise;
    }
  }

  private void tell(String key, SettingsSources.Value value, String expected) {
    problems.accept(
        SettingsSources.PREFIX
            + key
            + "="
            + Texts.clean(value.text(), 100)
            + " ("
            + value.source()
            + ") ignored, the default holds: expected "
            + expected);
  }

  private static Boolean parseFlag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }

  private static Mode parseMode(String text) {
    return Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static List<String> parseTypes(String text) {
    boolean extend = text.startsWith("+");
    List<String> types = new ArrayList<>();
    if (extend) {
      types.addAll(MediaTypes.STREAMED);
    }
    for (String type : Lists.items(extend ? text.substring(1) : text)) {
      if (!type.equals("*") && !isMediaType(type)) {
        throw new IllegalArgumentException(type);
      }
      types.add(type);
    }
    return Collections.unmodifiableList(types);
  }

  /** Without parameters and wildcards: a type that has one would never match. */
  private static boolean isMediaType(String text) {
    int slash = text.indexOf('/');
    return slash > 0
        && slash == text.lastIndexOf('/')
        && slash < text.length() - 1
        && text.indexOf('*') < 0
        && text.indexOf(';') < 0
        && text.indexOf(' ') < 0;
  }

  private static List<String> parseMethods(String text) {
    List<String> methods = new ArrayList<>();
    for (String method : Lists.items(text)) {
      methods.add(method.toUpperCase(Locale.ROOT));
    }
    return Collections.unmodifiableList(methods);
  }
}
