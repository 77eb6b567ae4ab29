package io.stallguard.core.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Comma-separated lists as settings have them. */
final class Lists {
  private Lists() {}

  /** The list as an operator would write it. */
  static String text(List<?> items) {
    StringBuilder text = new StringBuilder();
    for (Object item : items) {
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
