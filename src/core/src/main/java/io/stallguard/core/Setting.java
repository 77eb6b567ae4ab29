package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** The settings there are, by the names that operators use. */
enum Setting {
  ENABLED("enabled", "true or false"),
  MODE("mode", "enforce, observe or off"),
  IDLE("idle", Durations.EXPECTED),
  FIRST_BYTE("first-byte", Durations.EXPECTED),
  EVENT_IDLE("event-idle", Durations.EXPECTED),
  TOTAL("total", Durations.EXPECTED),
  HEAD("head", Durations.EXPECTED),
  DONE_GRACE("done-grace", Durations.EXPECTED),
  AFTER_DONE("after-done", "eof, throw or ignore"),
  TRUNCATED("truncated", "report or throw"),
  CONTENT_TYPES(
      "content-types", "media types such as text/event-stream, separated by commas, or *"),
  HEARTBEATS("heartbeats", Lists.EXPECTED_EVENTS),
  TERMINAL_EVENTS("terminal-events", Lists.EXPECTED_EVENTS),
  METHODS("methods", "request methods such as POST, separated by commas, or *"),
  INCLUDE("include", Lists.EXPECTED_PATTERNS),
  EXCLUDE("exclude", Lists.EXPECTED_PATTERNS),
  SOCKETS("sockets", Lists.EXPECTED_SOCKETS);

  private final String key;
  private final String expected;

  Setting(String key, String expected) {
    this.key = key;
    this.expected = expected;
  }

  /** The name without the prefix {@code stallguard.}. */
  String key() {
    return key;
  }

  /** What a value must look like, for people. */
  String expected() {
    return expected;
  }

  static @Nullable Setting of(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }
}
