package io.stallguard.core.settings;

import io.stallguard.core.words.Durations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Reads the values of settings. */
final class SettingValues {
  // Runs in the start of the JVM: the first lambda or method reference of a JVM costs it some
  // fifty classes, and valueOf of an enum a reflective call, so neither is here.

  private static final String OFF = "off";

  /** The whole in percents: no share exceeds it. */
  private static final int WHOLE = 100;

  private SettingValues() {}

  /**
   * Reads a value.
   *
   * @return of the type that the setting's kind has
   * @throws IllegalArgumentException if the text is no value of this setting; its message is the
   *     part that is not, where a value has several
   */
  static Object parse(Setting setting, String text) {
    switch (setting.kind()) {
      case FLAG:
        return flag(text);
      case CHOICE:
        return choice(setting.choices(), text);
      case DURATION:
        return Durations.parse(text);
      case SHARE:
        return text.equalsIgnoreCase(OFF) ? Integer.valueOf(WHOLE) : share(text);
      case COUNT:
        return number(text);
      case COUNT_OR_OFF:
        return text.equalsIgnoreCase(OFF) ? Integer.valueOf(Integer.MAX_VALUE) : number(text);
      case OUTPUT:
      case FILE:
        return notEmpty(text);
      default:
        return Collections.unmodifiableList(list(setting, text));
    }
  }

  private static List<?> list(Setting setting, String text) {
    switch (setting.kind()) {
      case TYPES:
        return types(setting, text);
      case EVENTS:
        return events(setting, text);
      case ACCEPTED:
        return accepted(text);
      case METHODS:
        return methods(text);
      case SOCKETS:
        return Lists.sockets(text);
      default:
        return Lists.patterns(text);
    }
  }

  private static Boolean flag(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("on")) {
      return true;
    }
    if (text.equalsIgnoreCase("false") || text.equalsIgnoreCase(OFF)) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }

  private static Object choice(Object[] choices, String text) {
    for (Object choice : choices) {
      if (choice.toString().equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** A share, in percents. */
  private static Integer share(String text) {
    int percents = text.endsWith("%") ? number(text.substring(0, text.length() - 1).trim()) : 0;
    if (percents < 1 || percents > WHOLE) {
      throw new IllegalArgumentException(text);
    }
    return percents;
  }

  private static Integer number(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static List<String> types(Setting setting, String text) {
    List<String> types = Lists.items(withoutPlus(text));
    for (String type : types) {
      if (!type.equals("*") && !isMediaType(type)) {
        throw new IllegalArgumentException(type);
      }
    }
    return extended(setting, text, types);
  }

  /** Media types as clients write them into an {@code Accept} header. */
  private static List<String> accepted(String text) {
    List<String> ranges = Lists.items(text);
    for (String range : ranges) {
      if (!range.equals("*") && !isMediaType(range.replace('*', 'x'))) {
        throw new IllegalArgumentException(range);
      }
    }
    return ranges;
  }

  private static List<String> events(Setting setting, String text) {
    List<String> names = extended(setting, text, EventItems.of(withoutPlus(text)));
    if (names.size() > EventItems.MOST) {
      throw new IllegalArgumentException(text);
    }
    return names;
  }

  private static String withoutPlus(String text) {
    return text.startsWith("+") ? text.substring(1) : text;
  }

  /** The items, behind the default ones if the text begins with a plus. */
  @SuppressWarnings("unchecked") // The default of a list is one.
  private static List<String> extended(Setting setting, String text, List<String> items) {
    List<String> all = new ArrayList<>();
    if (text.startsWith("+")) {
      all.addAll((List<String>) setting.standard());
    }
    all.addAll(items);
    return all;
  }

  /**
   * Whether a text is a media type, without parameters and wildcards: a type that has one would
   * never match.
   */
  private static boolean isMediaType(String text) {
    int slash = text.indexOf('/');
    return slash > 0
        && slash == text.lastIndexOf('/')
        && slash < text.length() - 1
        && text.indexOf('*') < 0
        && text.indexOf(';') < 0
        && text.indexOf(' ') < 0;
  }

  private static List<String> methods(String text) {
    List<String> methods = new ArrayList<>();
    for (String method : Lists.items(text)) {
      methods.add(method.toUpperCase(Locale.ROOT));
    }
    return methods;
  }
}
