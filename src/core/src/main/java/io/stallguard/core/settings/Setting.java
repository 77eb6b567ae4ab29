package io.stallguard.core.settings;

import static io.stallguard.core.settings.Kind.CHOICE;
import static io.stallguard.core.settings.Kind.COUNT;
import static io.stallguard.core.settings.Kind.COUNT_OR_OFF;
import static io.stallguard.core.settings.Kind.DURATION;
import static io.stallguard.core.settings.Kind.EVENTS;
import static io.stallguard.core.settings.Kind.FILE;
import static io.stallguard.core.settings.Kind.FLAG;
import static io.stallguard.core.settings.Kind.OUTPUT;
import static io.stallguard.core.settings.Kind.PATTERNS;
import static io.stallguard.core.settings.Kind.SHARE;
import static io.stallguard.core.settings.Kind.TYPES;

import io.stallguard.core.body.EventNames;
import io.stallguard.core.words.AfterDone;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.LogLevel;
import io.stallguard.core.words.MediaTypes;
import io.stallguard.core.words.Mode;
import io.stallguard.core.words.Truncated;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The settings there are: of each its name, kind, default and place. */
public enum Setting {
  ENABLED("enabled", FLAG, true, Scope.START),
  MODE("mode", CHOICE, Mode.ENFORCE, Mode.values(), Scope.RULE),
  IDLE(LimitKind.IDLE, seconds(300), null, "; off for a subscription"),
  FIRST_BYTE(LimitKind.FIRST_BYTE, null, null, "as idle"),
  EVENT_IDLE(
      LimitKind.EVENT_IDLE,
      seconds(600),
      seconds(1800),
      " before a reply's first content; off for a subscription"),
  TOTAL(LimitKind.TOTAL, Limit.OFF_NANOS, null, ""),
  HEAD(LimitKind.HEAD, Limit.OFF_NANOS, null, ""),
  CONNECT(LimitKind.CONNECT, Limit.OFF_NANOS, null, ""),
  DONE_GRACE(
      LimitKind.DONE_GRACE, seconds(5), seconds(60), " or none by the terminal event and the path"),
  AFTER_DONE("after-done", CHOICE, AfterDone.EOF, AfterDone.values(), Scope.RULE),
  TRUNCATED("truncated", CHOICE, Truncated.REPORT, Truncated.values(), Scope.RULE),
  CONTENT_TYPES("content-types", TYPES, MediaTypes.STREAMED, Scope.CONDITION),
  ACCEPT("accept", Kind.ACCEPTED, null, Scope.RULE_CONDITION),
  HEARTBEATS("heartbeats", EVENTS, EventNames.HEARTBEATS, Scope.RUNTIME),
  TERMINAL_EVENTS("terminal-events", EVENTS, EventNames.TERMINALS, Scope.RUNTIME),
  METHODS("methods", Kind.METHODS, Collections.singletonList("*"), Scope.RUNTIME),
  INCLUDE("include", PATTERNS, Lists.patterns("*"), Scope.RUNTIME),
  EXCLUDE("exclude", PATTERNS, Collections.emptyList(), Scope.RUNTIME),
  SOCKETS("sockets", Kind.SOCKETS, Collections.emptyList(), Scope.START),
  BREAKER_SHARE("breaker.share", SHARE, 50, Scope.RUNTIME),
  BREAKER_STREAMS("breaker.streams", COUNT, 20, Scope.RUNTIME),
  BREAKER_WINDOW("breaker.window", DURATION, seconds(300), Scope.RUNTIME),
  BREAKER_PAUSE("breaker.pause", DURATION, seconds(1800), Scope.RUNTIME),
  LOG_LEVEL("log.level", CHOICE, LogLevel.INFO, LogLevel.mostFirst(), Scope.START),
  LOG_FILE("log.file", OUTPUT, "stderr", Scope.START),
  LOG_FORMAT("log.format", CHOICE, "text", new String[] {"text", "json"}, Scope.START),
  LOG_PER_MINUTE("log.per-minute", COUNT_OR_OFF, 60, Scope.START),
  JMX("jmx", FLAG, true, Scope.START),
  JFR("jfr", FLAG, true, Scope.START),
  CONFIG("config", FILE, null, Scope.START),
  STRICT("strict", FLAG, false, Scope.START);

  private static final String NONE = "none";

  private final String key;
  private final Kind kind;
  private final @Nullable Object standard;
  private final @Nullable Long longer;
  private final String note;
  private final Object[] choices;
  private final Scope scope;

  /**
   * A setting that gives a limit its length.
   *
   * @param standard the default in nanoseconds; null if another limit's holds
   * @param longer the default where more patience is due, null if that is nowhere
   * @param note what the default is besides, for people
   */
  Setting(LimitKind limit, @Nullable Long standard, @Nullable Long longer, String note) {
    this(limit.text(), DURATION, standard, longer, note, new Object[0], Scope.RULE);
  }

  Setting(String key, Kind kind, @Nullable Object standard, Scope scope) {
    this(key, kind, standard, null, standard == null ? NONE : "", new Object[0], scope);
  }

  Setting(String key, Kind kind, Object standard, Object[] choices, Scope scope) {
    this(key, kind, standard, null, "", choices, scope);
  }

  Setting(
      String key,
      Kind kind,
      @Nullable Object standard,
      @Nullable Long longer,
      String note,
      Object[] choices,
      Scope scope) {
    this.key = key;
    this.kind = kind;
    this.standard = standard;
    this.longer = longer;
    this.note = note;
    this.choices = choices;
    this.scope = scope;
  }

  /** The name without the prefix {@code stallguard.}. */
  public String key() {
    return key;
  }

  /** The limit whose length the setting gives; only such settings are asked. */
  LimitKind limit() {
    return LimitKind.of(key);
  }

  Kind kind() {
    return kind;
  }

  /** The words that the value may be, if only some may. */
  Object[] choices() {
    return choices;
  }

  /** The default, of the type that the kind has; null if there is none of its own. */
  public @Nullable Object standard() {
    return standard;
  }

  /** The default of a limit where more patience is due, in nanoseconds; null if nowhere. */
  @Nullable Long longerNanos() {
    return longer;
  }

  /** The default, for people. */
  String standardText() {
    return (standard == null ? "" : text(standard))
        + (longer == null ? "" : ", " + text(longer))
        + note;
  }

  private String text(Object value) {
    if (value instanceof Long) {
      return Durations.setting((Long) value);
    }
    if (value instanceof List) {
      List<?> items = (List<?>) value;
      return items.isEmpty() ? NONE : Lists.text(items);
    }
    return kind == SHARE ? value + "%" : value.toString().toLowerCase(Locale.ROOT);
  }

  /** What a value must look like, for people. */
  String expected() {
    if (choices.length == 0) {
      return kind.expected();
    }
    StringBuilder text = new StringBuilder(text(choices[0]));
    for (int i = 1; i < choices.length; i++) {
      text.append(i < choices.length - 1 ? ", " : " or ").append(text(choices[i]));
    }
    return text.toString();
  }

  /** Whether a rule may have the setting. */
  boolean isForRules() {
    return scope == Scope.RULE || isCondition();
  }

  /** Whether the setting says in a rule what that is for. */
  boolean isCondition() {
    return scope == Scope.CONDITION || scope == Scope.RULE_CONDITION;
  }

  /** Whether the setting may stand outside of rules. */
  boolean isForAll() {
    return scope != Scope.RULE_CONDITION;
  }

  /** Whether the setting may change while the JVM runs. */
  public boolean isForRuntime() {
    return scope != Scope.START;
  }

  private static Long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  public static @Nullable Setting of(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** Where a setting counts. */
  private enum Scope {
    /** For the whole JVM, read once. */
    START,
    /** For the whole JVM; may change while it runs, like all that follow. */
    RUNTIME,
    /** For the whole JVM; may change while it runs. In a rule: of which answers that speaks. */
    CONDITION,
    /** In rules only, of which requests they speak. */
    RULE_CONDITION,
    /** May be different for some targets. */
    RULE
  }
}
