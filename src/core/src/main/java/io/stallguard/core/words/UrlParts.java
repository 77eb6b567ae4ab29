package io.stallguard.core.words;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes from a URL, as clients have it, what may be shown. */
final class UrlParts {
  private static final int LONGEST = 512;
  private static final String SCHEME_END = "://";

  private UrlParts() {}

  /**
   * The host of a URI, which has none by itself for a name that DNS would not take but container
   * networks do, such as {@code my_service}.
   */
  static String host(URI uri) {
    if (uri.getHost() != null || uri.getRawAuthority() == null) {
      return uri.getHost() == null ? "" : uri.getHost();
    }
    String authority = uri.getRawAuthority();
    int colon = portColon(authority);
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  /** The port of a URI, -1 if it names none. */
  static int port(URI uri) {
    String authority = uri.getRawAuthority();
    if (uri.getPort() >= 0 || uri.getHost() != null || authority == null) {
      return uri.getPort();
    }
    try {
      int colon = portColon(authority);
      return colon < 0 ? -1 : Integer.parseInt(authority.substring(colon + 1));
    } catch (NumberFormatException e) {
      // No port that anybody could connect to: the scheme's own is as good.
      return -1;
    }
  }

  /** The colon before the port; one in the credentials is not it. */
  private static int portColon(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf('@') ? colon : -1;
  }

  /** The host in lower case, an IPv6 address in brackets, without credentials. */
  static String host(String text) {
    String host = Texts.clean(text.substring(text.lastIndexOf('@') + 1), LONGEST);
    boolean bareAddress = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bareAddress ? '[' + host + ']' : host).toLowerCase(Locale.ROOT);
  }

  /** The path of a path or a whole URL, without query and fragment. */
  static String path(@Nullable String target) {
    String path = target == null ? "" : upTo('#', upTo('?', target));
    if (!path.startsWith("/") && path.contains(SCHEME_END)) {
      int slash = path.indexOf('/', path.indexOf(SCHEME_END) + SCHEME_END.length());
      path = slash < 0 ? "" : path.substring(slash);
    }
    return path.isEmpty() ? "/" : Texts.clean(path, LONGEST);
  }

  private static String upTo(char end, String text) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }
}
