package io.stallguard.instrumentation.netty.helpers;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a report tells of a request; kept until its response comes. Immutable. */
final class RequestHead {
  private static final String MCP_METHOD = "Mcp-Method";

  private final String method;
  private final @Nullable String scheme;
  private final @Nullable String authority;
  private final @Nullable String target;
  private final @Nullable String accept;
  private final @Nullable String mcpMethod;

  /**
   * Takes the parts as the protocol has them.
   *
   * @param scheme null where the message does not tell
   * @param authority host and port, null where the message does not tell
   * @param target path and query, or a whole URL
   * @param headers by name; only those that an exchange asks for are kept
   */
  RequestHead(
      String method,
      @Nullable String scheme,
      @Nullable String authority,
      @Nullable String target,
      Function<String, @Nullable String> headers) {
    this.method = method;
    this.scheme = scheme;
    this.authority = authority;
    this.target = target;
    this.accept = headers.apply("Accept");
    this.mcpMethod = headers.apply(MCP_METHOD);
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

  /** A header that is kept, by its name: there are two. */
  @Nullable String header(String name) {
    return name.equals(MCP_METHOD) ? mcpMethod : accept;
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
