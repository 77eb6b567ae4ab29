package io.stallguard.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what operators wrote into settings; each mistake is told and takes the default. */
public final class SettingsReader {
  // Runs in the start of the JVM, before the app: no stream, regular expression or formatter here.

  /** What most tools that time the bytes of such streams have come to: shorter kills thinkers. */
  static final long DEFAULT_IDLE_NANOS = TimeUnit.SECONDS.toNanos(300);

  /** Models that think send heartbeats for minutes before they say something. */
  static final long DEFAULT_EVENT_IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A server that means to close does it at once; a slow network takes a second or two. */
  static final long DEFAULT_DONE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String MODULE_PREFIX = "instrumentation.";
  private static final String MODULE_SUFFIX = ".enabled";
  private static final String DEFAULT = "default";
  private static final long NO_LIMIT = 0;

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
    if (isSet(Setting.IDLE)) {
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
    return read(setting, otherwise);
  }

  Mode mode() {
    return read(Setting.MODE, Mode.ENFORCE);
  }

  AfterDone afterDone() {
    return read(Setting.AFTER_DONE, AfterDone.EOF);
  }

  Truncated truncated() {
    return read(Setting.TRUNCATED, Truncated.REPORT);
  }

  EventNames eventNames() {
    return new EventNames(
        read(Setting.HEARTBEATS, EventNames.HEARTBEATS),
        read(Setting.TERMINAL_EVENTS, EventNames.TERMINALS));
  }

  List<String> contentTypes() {
    return read(Setting.CONTENT_TYPES, MediaTypes.STREAMED);
  }

  List<String> methods() {
    return read(Setting.METHODS, Collections.singletonList("*"));
  }

  List<TargetPattern> patterns(Setting setting, String otherwise) {
    List<TargetPattern> none =
        otherwise.isEmpty() ? Collections.emptyList() : Lists.patterns(otherwise);
    return read(setting, none);
  }

  Set<String> disabledModules() {
    Set<String> disabled = new HashSet<>();
    for (String module : modules) {
      String key = MODULE_PREFIX + module + MODULE_SUFFIX;
      if (!read(key, Setting.ENABLED, true)) {
        disabled.add(module);
      }
    }
    return disabled;
  }

  /** Whether the operator gave a value that is no mistake, once it has been read. */
  boolean isSet(Setting setting) {
    return sources.value(setting.key()) != null;
  }

  Limit limit(Setting setting, long otherwiseNanos) {
    Limit limit = limit(setting);
    return limit != null ? limit : new Limit(setting.key(), otherwiseNanos, DEFAULT);
  }

  @Nullable Limit limit(Setting setting) {
    SettingsSources.Value value = sources.value(setting.key());
    long nanos = read(setting, NO_LIMIT);
    return value == null || nanos == NO_LIMIT
        ? null
        : new Limit(setting.key(), nanos, value.source());
  }

  private <T> T read(Setting setting, T otherwise) {
    return read(setting.key(), setting, otherwise);
  }

  /** The value of a key whose values are those of this setting. */
  @SuppressWarnings("unchecked")
  private <T> T read(String key, Setting kind, T otherwise) {
    SettingsSources.Value value = sources.value(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return (T) SettingValues.parse(kind, value.text());
    } catch (IllegalArgumentException e) {
      tell(key, value, kind.expected());
      sources.discard(key);
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
}
