package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** The settings there are, by the names that operators use. */
enum Setting {
  ENABLED("enabled", "true", Setting.FLAG, Scope.START),
  MODE("mode", "enforce", "enforce, observe or off", Scope.RULE),
  IDLE("idle", "300s; off for a subscription, or learned from its heartbeats", Scope.RULE),
  FIRST_BYTE("first-byte", "as idle; at least 60s", Scope.RULE),
  EVENT_IDLE("event-idle", "10m; 30m before the first content; off for a subscription", Scope.RULE),
  TOTAL("total", "off", Scope.RULE),
  HEAD("head", "off", Scope.RULE),
  CONNECT("connect", "off", Scope.RULE),
  DONE_GRACE("done-grace", "5s or 60s by the terminal event", Scope.RULE),
  AFTER_DONE("after-done", "eof", "eof, throw or ignore", Scope.RULE),
  TRUNCATED("truncated", "report", "report or throw", Scope.RULE),
  CONTENT_TYPES(
      "content-types",
      Lists.text(MediaTypes.STREAMED),
      "media types such as text/event-stream, separated by commas, or *",
      Scope.RUNTIME),
  HEARTBEATS("heartbeats", Lists.text(EventNames.HEARTBEATS), Lists.EXPECTED_EVENTS, Scope.RUNTIME),
  TERMINAL_EVENTS(
      "terminal-events", Lists.text(EventNames.TERMINALS), Lists.EXPECTED_EVENTS, Scope.RUNTIME),
  METHODS("methods", "*", "request methods such as POST, separated by commas, or *", Scope.RUNTIME),
  INCLUDE("include", "*", Lists.EXPECTED_PATTERNS, Scope.RUNTIME),
  EXCLUDE("exclude", "none", Lists.EXPECTED_PATTERNS, Scope.RUNTIME),
  SOCKETS("sockets", "none", Lists.EXPECTED_SOCKETS, Scope.START),
  BREAKER_SHARE("breaker.share", "50%", "a share such as 50%, or off", Scope.RUNTIME),
  BREAKER_STREAMS("breaker.streams", "20", "a number of streams above zero", Scope.RUNTIME),
  BREAKER_WINDOW("breaker.window", "5m", Durations.EXPECTED, Scope.RUNTIME),
  BREAKER_PAUSE("breaker.pause", "30m", Durations.EXPECTED, Scope.RUNTIME),
  LOG_LEVEL("log.level", "info", "info, warn, error or off", Scope.START),
  LOG_FILE("log.file", "stderr", "the name of a file, or stderr", Scope.START),
  LOG_FORMAT("log.format", "text", "text or json", Scope.START),
  LOG_PER_MINUTE("log.per-minute", "60", "a number of reports above zero, or off", Scope.START),
  JMX("jmx", "true", Setting.FLAG, Scope.START),
  JFR("jfr", "true", Setting.FLAG, Scope.START),
  CONFIG("config", "none", "a readable properties file", Scope.START),
  STRICT("strict", "false", Setting.FLAG, Scope.START);

  private static final String FLAG = "true or false";

  private final String key;
  private final String standard;
  private final String expected;
  private final Scope scope;

  /** A limit. */
  Setting(String key, String standard, Scope scope) {
    this(key, standard, Durations.EXPECTED, scope);
  }

  Setting(String key, String standard, String expected, Scope scope) {
    this.key = key;
    this.standard = standard;
    this.expected = expected;
    this.scope = scope;
  }

  /** The name without the prefix {@code stallguard.}. */
  String key() {
    return key;
  }

  /** The default, for people. */
  String standard() {
    return standard;
  }

  /** What a value must look like, for people. */
  String expected() {
    return expected;
  }

  /** Whether a rule may set it for some targets. */
  boolean isForRules() {
    return scope == Scope.RULE;
  }

  /** Whether it may change while the JVM runs. */
  boolean isForRuntime() {
    return scope != Scope.START;
  }

  static @Nullable Setting of(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** Where a setting counts; each has what is above it too. */
  private enum Scope {
    /** For the whole JVM, read once. */
    START,
    /** May change while the JVM runs. */
    RUNTIME,
    /** May be different for some targets. */
    RULE
  }
}
