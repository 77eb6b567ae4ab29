package io.stallguard.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Reads the values of settings. */
final class SettingValues {
  // Runs in the start of the JVM: the first lambda or method reference of a JVM costs it some
  // fifty classes, so this is a chain of questions and not a table of functions.

  private SettingValues() {}

  /**
   * Reads a value.
   *
   * @return of the type that this setting has
   * @throws IllegalArgumentException if the text is no value of this setting
   */
  static Object parse(Setting setting, String text) {
    if (setting == Setting.ENABLED || setting == Setting.STRICT || setting == Setting.JMX) {
      return flag(text);
    }
    if (setting == Setting.MODE) {
      return mode(text);
    }
    if (setting == Setting.CONTENT_TYPES) {
      return types(text);
    }
    if (setting == Setting.HEARTBEATS) {
      return events(EventNames.HEARTBEATS, text);
    }
    if (setting == Setting.TERMINAL_EVENTS) {
      return events(EventNames.TERMINALS, text);
    }
    if (setting == Setting.AFTER_DONE) {
      return AfterDone.valueOf(text.toUpperCase(Locale.ROOT));
    }
    if (setting == Setting.TRUNCATED) {
      return Truncated.valueOf(text.toUpperCase(Locale.ROOT));
    }
    if (setting == Setting.METHODS) {
      return methods(text);
    }
    if (setting == Setting.INCLUDE || setting == Setting.EXCLUDE) {
      return Lists.patterns(text);
    }
    if (setting == Setting.SOCKETS) {
      return Lists.sockets(text);
    }
    return parseOperational(setting, text);
  }

  private static Object parseOperational(Setting setting, String text) {
    if (setting == Setting.BREAKER_SHARE) {
      return share(text);
    }
    if (setting == Setting.BREAKER_STREAMS) {
      return number(text);
    }
    if (setting == Setting.LOG_PER_MINUTE) {
      return text.equalsIgnoreCase("off") ? Integer.valueOf(Integer.MAX_VALUE) : number(text);
    }
    if (setting == Setting.LOG_LEVEL) {
      return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
    }
    if (setting == Setting.LOG_FORMAT) {
      return json(text);
    }
    if (setting == Setting.CONFIG || setting == Setting.LOG_FILE) {
      return text;
    }
    return Durations.parse(text);
  }

  private static Boolean flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }

  /** Percents, 100 for off: no share exceeds it. */
  private static Integer share(String text) {
    if (text.equalsIgnoreCase("off")) {
      return HostStalls.WHOLE;
    }
    int percents = text.endsWith("%") ? number(text.substring(0, text.length() - 1).trim()) : 0;
    if (percents < 1 || percents > HostStalls.WHOLE) {
      throw new IllegalArgumentException(text);
    }
    return percents;
  }

  /** Whether it is the one for machines. */
  private static Boolean json(String text) {
    if (text.equalsIgnoreCase("json") || text.equalsIgnoreCase("text")) {
      return text.equalsIgnoreCase("json");
    }
    throw new IllegalArgumentException(text);
  }

  private static Integer number(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Mode mode(String text) {
    return Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static List<String> types(String text) {
    List<String> types = Lists.extending(MediaTypes.STREAMED, text);
    for (String type : types) {
      if (!type.equals("*") && !isMediaType(type)) {
        throw new IllegalArgumentException(type);
      }
    }
    return Collections.unmodifiableList(types);
  }

  private static List<String> events(List<String> standard, String text) {
    List<String> names = Lists.extending(standard, text);
    for (String name : names) {
      if (name.getBytes(StandardCharsets.UTF_8).length > EventNames.LONGEST) {
        throw new IllegalArgumentException(name);
      }
    }
    if (names.size() > NameMatch.MOST_NAMES) {
      throw new IllegalArgumentException(text);
    }
    return Collections.unmodifiableList(names);
  }

  /** Without parameters and wildcards: a type that has one would never match. */
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
    return Collections.unmodifiableList(methods);
  }
}
