package io.stallguard.core.settings;

/** A value that somebody gave to a setting: what it means, how it was written, and by whom. */
final class Choice {
  private final Object value;
  private final String text;
  private final String source;

  Choice(Object value, String text, String source) {
    this.value = value;
    this.text = text;
    this.source = source;
  }

  /** The value, of the type that the setting has. */
  Object value() {
    return value;
  }

  String text() {
    return text;
  }

  /** Who gave the value, for people: {@code system property stallguard.idle}. */
  String source() {
    return source;
  }
}
