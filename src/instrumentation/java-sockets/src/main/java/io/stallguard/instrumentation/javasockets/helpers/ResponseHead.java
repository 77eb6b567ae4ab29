package io.stallguard.instrumentation.javasockets.helpers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Status line and headers of one response, as far as they matter here. One thread. */
final class ResponseHead {
  private static final String VERSION = "HTTP/1.";

  /** Where the status stands, as in {@code HTTP/1.1 200}. */
  private static final int STATUS_AT = VERSION.length() + 2;

  private static final int STATUS_DIGITS = 3;
  private static final int MOST_LENGTH_DIGITS = 18;

  static final long NONE = -1;

  private final String protocol;
  private final int status;
  private @Nullable String contentType;
  private @Nullable String contentEncoding;
  private @Nullable String transferEncoding;
  private long contentLength = NONE;
  private boolean strange;

  private ResponseHead(String protocol, int status) {
    this.protocol = protocol;
    this.status = status;
  }

  /** Reads a status line; null if it is none. */
  static @Nullable ResponseHead parse(String line) {
    if (!line.startsWith(VERSION)
        || line.length() < STATUS_AT + STATUS_DIGITS
        || line.charAt(STATUS_AT - 1) != ' '
        || (line.length() > STATUS_AT + STATUS_DIGITS
            && line.charAt(STATUS_AT + STATUS_DIGITS) != ' ')) {
      return null;
    }
    long status = number(line.substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
    return status < 100 ? null : new ResponseHead(line.substring(0, STATUS_AT - 1), (int) status);
  }

  /**
   * Takes a header.
   *
   * @param cut whether the end of the line is missing
   */
  void header(String line, boolean cut) {
    int colon = line.indexOf(':');
    if (colon <= 0 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      strange = true;
      return;
    }
    String value = line.substring(colon + 1).trim();
    switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "content-type":
        contentType = value;
        break;
      case "content-encoding":
        contentEncoding = value;
        break;
      case "transfer-encoding":
        strange |= transferEncoding != null || cut;
        transferEncoding = value;
        break;
      case "content-length":
        length(cut ? "" : value);
        break;
      default:
        break;
    }
  }

  private void length(String value) {
    long number = number(value);
    strange |= number < 0 || (contentLength != NONE && contentLength != number);
    contentLength = number;
  }

  private static long number(String digits) {
    if (digits.isEmpty() || digits.length() > MOST_LENGTH_DIGITS) {
      return NONE;
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Whether nobody can be sure what the head means: both lengths, another coding than chunked ...
   */
  boolean isStrange() {
    String coding = transferEncoding;
    return strange
        || (coding != null
            && (contentLength != NONE
                || !coding.equalsIgnoreCase("chunked")
                || protocol.equals("HTTP/1.0")));
  }

  boolean isChunked() {
    return transferEncoding != null;
  }

  /** The length of the body, {@link #NONE} if it is not told. */
  long contentLength() {
    return contentLength;
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

  @Nullable String contentEncoding() {
    return contentEncoding;
  }
}
