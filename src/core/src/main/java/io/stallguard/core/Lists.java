package io.stallguard.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Comma-separated lists as settings have them. */
final class Lists {
  /** What to say when a list of patterns is none. */
  static final String EXPECTED_PATTERNS =
      "patterns host[:port][/path] such as api.anthropic.com or *.example.com:8443/v1/*,"
          + " separated by commas";

  /** What to say when a list of sockets is none. */
  static final String EXPECTED_SOCKETS =
      "patterns host:port such as redis.internal:6379 or 10.0.0.*:*, separated by commas";

  /** What to say when a list of events is none. */
  static final String EXPECTED_EVENTS =
      "at most "
          + NameMatch.MOST_NAMES
          + " names of events of up to "
          + EventNames.LONGEST
          + " bytes, separated by commas; a + in front keeps the default ones";

  private Lists() {}

  /** The list as an operator would write it. */
  static String text(List<String> items) {
    StringBuilder text = new StringBuilder();
    for (String item : items) {
      text.append(text.length() == 0 ? "" : ",").append(item);
    }
    return text.toString();
  }

  /**
   * Reads a list of patterns that name sockets: with a port, without a path.
   *
   * @throws IllegalArgumentException if one of them is none, or there is none
   */
  static List<TargetPattern> sockets(String text) {
    List<TargetPattern> patterns = patterns(text);
    for (TargetPattern pattern : patterns) {
      if (!pattern.namesSockets()) {
        throw new IllegalArgumentException(pattern.toString());
      }
    }
    return patterns;
  }

  /**
   * Reads a list that replaces the default one, or extends it if it begins with {@code +}.
   *
   * @throws IllegalArgumentException if there is no item
   */
  static List<String> extending(List<String> standard, String text) {
    boolean extend = text.startsWith("+");
    List<String> items = new ArrayList<>();
    if (extend) {
      items.addAll(standard);
    }
    items.addAll(items(extend ? text.substring(1) : text));
    return items;
  }

  /**
   * Reads a list of patterns.
   *
   * @throws IllegalArgumentException if one of them is none, or there is none
   */
  static List<TargetPattern> patterns(String text) {
    List<TargetPattern> patterns = new ArrayList<>();
    for (String item : items(text)) {
      patterns.add(TargetPattern.parse(item));
    }
    return Collections.unmodifiableList(patterns);
  }

  /**
   * The items of a list without the white space around them.
   *
   * @throws IllegalArgumentException if there is none
   */
  static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      String item = text.substring(start, end).trim();
      if (!item.isEmpty()) {
        items.add(item);
      }
      start = end + 1;
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return items;
  }
}
