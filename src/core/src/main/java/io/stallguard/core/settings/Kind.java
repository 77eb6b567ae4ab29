package io.stallguard.core.settings;

import io.stallguard.core.body.EventNames;

/** What sort of value a setting has; one parser reads all settings of a kind. */
enum Kind {
  /** {@code Boolean}. */
  FLAG("true or false, or on or off"),

  /** Any word of those that the setting has. */
  CHOICE(""),

  /** {@code Long}: nanoseconds. */
  DURATION("a duration above zero such as 500ms, 60s, 5m, 1h or PT60S, or off"),

  /** {@code Integer}: percents; the whole for off, as no share exceeds it. */
  SHARE("a share from 1% to 100%, or off"),

  /** {@code Integer}. */
  COUNT("a whole number above zero"),

  /** {@code Integer}; the greatest there is for off. */
  COUNT_OR_OFF("a whole number above zero, or off"),

  /** List of {@code String}: the media types of bodies. */
  TYPES(
      "media types such as text/event-stream, separated by commas, or *;"
          + " a + in front keeps the default ones"),

  /** List of {@code String}: the media types that a client says that it takes. */
  ACCEPTED("media types such as text/event-stream or */*, separated by commas, or * for any"),

  /** List of {@code String}: request methods. */
  METHODS("request methods such as POST, separated by commas, or *"),

  /** List of {@code TargetPattern}. */
  PATTERNS(
      "patterns host[:port][/path] such as api.anthropic.com or *.example.com:8443/v1/*,"
          + " separated by commas"),

  /** List of {@code TargetPattern}, each with a port and without a path. */
  SOCKETS("patterns host:port such as redis.internal:6379 or 10.0.0.*:*, separated by commas"),

  /** List of {@code String}: how events show themselves. */
  EVENTS(
      "at most "
          + EventItems.MOST
          + " names of events, whole data, \"key\":true, \"key\":\"value\" or \"key\": (there and"
          + " not null), of up to "
          + EventNames.LONGEST
          + " bytes, separated by commas; a + in front keeps the default ones"),

  /** {@code String}: where to write. */
  OUTPUT("the name of a file, or stderr"),

  /** {@code String}: the name of what is read. */
  FILE("a readable properties file");

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  /** What a value must look like, for people; empty where the setting itself says which. */
  String expected() {
    return expected;
  }
}
