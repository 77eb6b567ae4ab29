package io.stallguard.instrumentation.javasockets.helpers;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was seen of a request as it was written. Immutable. */
final class RequestHead {
  /**
   * How much of a request is looked at: beyond it a target or a host is nothing that anyone would
   * look for.
   */
  private static final int MOST_BYTES = 8192;

  private static final String HOST = "host:";

  private final String method;
  private final String target;
  private final String host;

  private RequestHead(String method, String target, String host) {
    this.method = method;
    this.target = target;
    this.host = host;
  }

  /**
   * Reads the beginning of what is written.
   *
   * @return null if it does not begin with a request line of HTTP/1.x
   */
  static @Nullable RequestHead parse(byte[] bytes, int offset, int length) {
    String text =
        new String(bytes, offset, Math.min(length, MOST_BYTES), StandardCharsets.ISO_8859_1);
    String[] words = line(text, 0).split(" ", -1);
    boolean valid =
        words.length == 3
            && isMethod(words[0])
            && !words[1].isEmpty()
            && words[2].startsWith("HTTP/1.")
            && text.indexOf('\n') > 0;
    return valid ? new RequestHead(words[0], words[1], host(text)) : null;
  }

  private static boolean isMethod(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < 'A' || word.charAt(i) > 'Z') {
        return false;
      }
    }
    return !word.isEmpty();
  }

  private static String host(String text) {
    int from = text.indexOf('\n') + 1;
    while (from > 0 && from < text.length()) {
      String line = line(text, from);
      if (line.isEmpty()) {
        return "";
      }
      if (line.toLowerCase(Locale.ROOT).startsWith(HOST)) {
        return line.substring(HOST.length()).trim();
      }
      from = text.indexOf('\n', from) + 1;
    }
    return "";
  }

  /** The line that begins here, without its end. */
  private static String line(String text, int from) {
    int end = text.indexOf('\n', from);
    int to = end < 0 ? text.length() : end;
    return text.substring(from, to > from && text.charAt(to - 1) == '\r' ? to - 1 : to);
  }

  String method() {
    return method;
  }

  /** The path with its query, or for a proxy a whole URL. */
  String target() {
    return target;
  }

  /** The host without the port, empty if it was not seen. */
  String host() {
    int colon = portColon();
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The port, 0 if none was given. */
  int port() {
    int colon = portColon();
    try {
      return colon < 0 ? 0 : Integer.parseInt(host.substring(colon + 1));
    } catch (NumberFormatException e) {
      // No port that anybody could have connected to.
      return 0;
    }
  }

  private int portColon() {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : -1;
  }
}
