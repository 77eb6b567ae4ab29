package io.stallguard.instrumentation.netty.helpers;

import org.jspecify.annotations.Nullable;

/** What the guard needs of a response's head. Immutable. */
final class ResponseHead {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int MULTIPLE_CHOICES = 300;
  private static final int NOT_MODIFIED = 304;

  private final String protocol;
  private final int status;
  private final @Nullable String contentType;
  private final @Nullable String encoding;
  private final boolean last;

  /**
   * Takes the parts as the protocol has them.
   *
   * @param last whether no body follows
   */
  ResponseHead(
      String protocol,
      int status,
      @Nullable String contentType,
      @Nullable String encoding,
      boolean last) {
    this.protocol = protocol;
    this.status = status;
    this.contentType = contentType;
    this.encoding = encoding;
    this.last = last;
  }

  String protocol() {
    return protocol;
  }

  int status() {
    return status;
  }

  @Nullable String contentType() {
    return contentType;
  }

  @Nullable String encoding() {
    return encoding;
  }

  /** Whether another head follows for the same request. */
  boolean isInterim() {
    return status < OK && status != SWITCHING_PROTOCOLS;
  }

  /** Whether the connection speaks another protocol from now on. */
  boolean switches(@Nullable RequestHead request) {
    return status == SWITCHING_PROTOCOLS
        || (request != null && request.isConnect() && status >= OK && status < MULTIPLE_CHOICES);
  }

  /** Whether a body comes that could stall. */
  boolean hasBody(RequestHead request) {
    return !last && !request.isHead() && status != NO_CONTENT && status != NOT_MODIFIED;
  }
}
