package io.stallguard.core.settings;

import io.stallguard.core.body.EventNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How operators name events: by a name, by a whole data, or by a key of the data with what it has.
 */
final class EventItems {
  /** How many items a list may have: as many as can be compared at once. */
  static final int MOST = 64;

  /** How much is kept of a value that is looked for. */
  private static final int LONGEST_VALUE = 32;

  private final List<String> items = new ArrayList<>();
  private final StringBuilder item = new StringBuilder();
  private boolean inString;
  private boolean escaped;
  private int depth;

  private EventItems() {}

  /**
   * The items of a list. A comma inside a string, braces or brackets separates nothing; blanks
   * around the colon of a key do not count.
   *
   * @throws IllegalArgumentException if there is no item, or one that names no event; its message
   *     is that one
   */
  static List<String> of(String text) {
    EventItems read = new EventItems();
    for (int i = 0; i < text.length(); i++) {
      read.next(text.charAt(i));
    }
    read.end();
    if (read.items.isEmpty() || read.inString || read.depth != 0) {
      throw new IllegalArgumentException(text);
    }
    return read.items;
  }

  private void next(char c) {
    if (c == ',' && !inString && depth == 0) {
      end();
      return;
    }
    item.append(c);
    if (inString) {
      inString = escaped || c != '"';
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
    }
  }

  private void end() {
    String whole = item.toString().trim();
    item.setLength(0);
    if (!whole.isEmpty() && !inString && depth == 0) {
      String checked = whole.charAt(0) == '"' ? key(whole) : whole;
      if (checked.getBytes(StandardCharsets.UTF_8).length > EventNames.LONGEST) {
        throw new IllegalArgumentException(whole);
      }
      items.add(checked);
    }
  }

  /** An item that is a key and what it has, without blanks around the colon. */
  private String key(String whole) {
    int end = stringEnd(whole);
    String rest = whole.substring(end).trim();
    if (end < 3 || !rest.startsWith(":")) {
      throw new IllegalArgumentException(whole);
    }
    String value = rest.substring(1).trim();
    if (!value.isEmpty() && !value.equals("true") && !isString(value)) {
      throw new IllegalArgumentException(whole);
    }
    return whole.substring(0, end) + ':' + value;
  }

  private static boolean isString(String value) {
    return value.charAt(0) == '"'
        && value.length() > 2
        && stringEnd(value) == value.length()
        && value.getBytes(StandardCharsets.UTF_8).length - 2 <= LONGEST_VALUE;
  }

  /**
   * The place behind the quote that ends the string at the begin; the end of the text if none does.
   */
  private static int stringEnd(String text) {
    int i = 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, text.length());
  }
}
