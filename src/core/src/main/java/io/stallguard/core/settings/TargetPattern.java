package io.stallguard.core.settings;

import io.stallguard.core.words.Exchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A pattern {@code host[:port][/path]}; {@code *} stands for any characters. Immutable. */
final class TargetPattern {
  private final String text;
  private final String host;
  private final @Nullable String port;
  private final @Nullable String path;

  private TargetPattern(String text, String host, @Nullable String port, @Nullable String path) {
    this.text = text;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static TargetPattern parse(String text) {
    int slash = text.indexOf('/');
    String authority = slash < 0 ? text : text.substring(0, slash);
    int colon = portColon(authority);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String port = colon < 0 ? null : authority.substring(colon + 1);
    if (!isHost(host) || text.contains("://") || (port != null && !isPort(port))) {
      throw new IllegalArgumentException(text);
    }
    String path = slash < 0 ? null : text.substring(slash);
    return new TargetPattern(text, host.toLowerCase(Locale.ROOT), port, path);
  }

  /** The colon before the port; those inside the brackets of an IPv6 address are not it. */
  private static int portColon(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? colon : -1;
  }

  /**
   * Whether a text can be a host. An IPv6 address without brackets cannot: its last part could be
   * the port.
   */
  private static boolean isHost(String host) {
    return !host.isEmpty() && (host.indexOf(':') < 0 || host.startsWith("["));
  }

  private static boolean isPort(String port) {
    if (port.equals("*")) {
      return true;
    }
    try {
      int number = Integer.parseInt(port);
      return number > 0 && number <= 0xFFFF && port.equals(Integer.toString(number));
    } catch (NumberFormatException e) {
      // Not a number: the caller says what was expected.
      return false;
    }
  }

  /** Whether the pattern names sockets: it has a port and no path. */
  boolean namesSockets() {
    return port != null && path == null;
  }

  boolean matches(Exchange exchange) {
    return globMatches(host, exchange.host())
        && (port == null || port.equals("*") || port.equals(Integer.toString(exchange.port())))
        && (path == null || globMatches(path, exchange.path()));
  }

  /**
   * How narrow the pattern is, as a text to be compared with that of others: first by the host,
   * then by the port, then by the path; no star before one, and the more characters the narrower.
   */
  String specificity() {
    return weight(host) + (port == null || port.equals("*") ? "0" : "1") + weight(path);
  }

  private static String weight(@Nullable String glob) {
    if (glob == null) {
      return "0000000";
    }
    int characters = 0;
    for (int i = 0; i < glob.length(); i++) {
      characters += glob.charAt(i) == '*' ? 0 : 1;
    }
    String digits = Integer.toString(1_000_000 + Math.min(characters, 99_999));
    return (characters == glob.length() ? "1" : "0") + digits.substring(1);
  }

  /** Greedy matching that returns to the last star only: linear in practice, never exponential. */
  static boolean globMatches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        starText = t;
      } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
