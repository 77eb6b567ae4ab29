package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What an operator's list says of a key in the data: {@code "key":true}, {@code "key":"value"}, or
 * {@code "key":} for a key that is there and not null. Immutable.
 */
final class KeyItem {
  private static final String QUOTE = "\"";
  private static final String KEY_END = "\":";
  private static final String TRUE = "true";

  private final String key;

  /** The value that has to stand behind the key; null for any value. */
  private final byte @Nullable [] value;

  private final boolean isString;
  private final boolean terminal;

  private KeyItem(String key, @Nullable String value, boolean isString, boolean terminal) {
    this.key = key;
    this.value = value == null ? null : value.getBytes(UTF_8);
    this.isString = isString;
    this.terminal = terminal;
  }

  /** Reads an item of a list; null if it is a name, or a whole data. */
  static @Nullable KeyItem of(String item, boolean terminal) {
    int end = item.indexOf(KEY_END, 1);
    if (!item.startsWith(QUOTE) || end <= 1) {
      return null;
    }
    String key = item.substring(1, end);
    String value = item.substring(end + KEY_END.length()).trim();
    if (value.isEmpty()) {
      return new KeyItem(key, null, false, terminal);
    }
    if (value.length() > 1 && value.startsWith(QUOTE) && value.endsWith(QUOTE)) {
      return new KeyItem(key, value.substring(1, value.length() - 1), true, terminal);
    }
    return value.equals(TRUE) ? new KeyItem(key, TRUE, false, terminal) : null;
  }

  String key() {
    return key;
  }

  /** Whether the item is of the list of terminal events, else of that of heartbeats. */
  boolean isTerminal() {
    return terminal;
  }

  /** Whether it is enough that the key is there. */
  boolean isOfAnyValue() {
    return value == null;
  }

  /** Whether the value of such a key is the one that is meant. */
  boolean matches(AskedValue found) {
    byte[] expected = value;
    return expected == null
        || (isString == found.isString()
            && expected.length == found.length()
            && EventNames.equal(expected, found.bytes(), found.kept()));
  }
}
