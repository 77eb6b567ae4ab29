package io.stallguard.instrumentation.netty.helpers;

import org.jspecify.annotations.Nullable;

/** What a report tells of a request; kept until its response comes. Immutable. */
final class RequestHead {
  private final String method;
  private final @Nullable String scheme;
  private final @Nullable String authority;
  private final @Nullable String target;
  private final @Nullable String accept;

  /**
   * Takes the parts as the protocol has them.
   *
   * @param scheme null where the message does not tell
   * @param authority host and port, null where the message does not tell
   * @param target path and query, or a whole URL
   * @param accept the header of this name
   */
  RequestHead(
      String method,
      @Nullable String scheme,
      @Nullable String authority,
      @Nullable String target,
      @Nullable String accept) {
    this.method = method;
    this.scheme = scheme;
    this.authority = authority;
    this.target = target;
    this.accept = accept;
  }

  String method() {
    return method;
  }

  @Nullable String scheme() {
    return scheme;
  }

  @Nullable String target() {
    return target;
  }

  @Nullable String accept() {
    return accept;
  }

  boolean isConnect() {
    return method.equals("CONNECT");
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** The host, an IPv6 address in brackets. */
  @Nullable String host() {
    int colon = portColon();
    return authority == null || colon < 0 ? authority : authority.substring(0, colon);
  }

  /** The port, -1 if none was named. */
  int port() {
    int colon = portColon();
    if (authority == null || colon < 0) {
      return -1;
    }
    try {
      return Integer.parseInt(authority.substring(colon + 1));
    } catch (NumberFormatException e) {
      // No port that anybody could connect to: the scheme's own is as good.
      return -1;
    }
  }

  private int portColon() {
    int colon = authority == null ? -1 : authority.lastIndexOf(':');
    return authority == null || colon < authority.lastIndexOf(']') ? -1 : colon;
  }
}
