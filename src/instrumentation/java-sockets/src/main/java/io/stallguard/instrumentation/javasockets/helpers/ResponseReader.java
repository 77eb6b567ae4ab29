package io.stallguard.instrumentation.javasockets.helpers;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows one response of HTTP/1.x through bytes that come in any pieces: what is head, what is
 * content, where it ends. One thread.
 */
final class ResponseReader {
  //                 empty line                       length bytes
  //   STATUS -> HEADERS ----------------> LENGTH ------------------------> ENDED
  //     ^         |  |------------------> UNTIL_CLOSE
  //     '---------'  |                                          0
  //      1xx         '------> CHUNK_SIZE -> CHUNK -> CHUNK_END ----> TRAILERS -> ENDED
  //                               ^                     |
  //                               '---------------------'
  //
  // Whatever is not exactly as the rules have it leads to STRANGE, which is for ever: to lose a
  // guard is better than to take something for a body that is none.

  /**
   * The largest head that is followed: more than any server sends that means well, though a head
   * may be as large as it likes beyond our care.
   */
  private static final int LARGEST_HEAD = 256 * 1024;

  private static final String VERSION = "HTTP/1.";
  private static final String LAST_CHUNK = "0\r\n\r\n";
  private static final int MOST_SIZE_DIGITS = 15;

  /** Where in the response the next byte is. */
  private enum State {
    STATUS,
    HEADERS,
    LENGTH,
    UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    ENDED,
    STRANGE
  }

  private final String method;
  private final Line line = new Line();
  private State state = State.STATUS;
  private @Nullable ResponseHead head;
  private long left;
  private int headBytes;
  private boolean headCompleted;
  private boolean content;

  /**
   * Begins.
   *
   * @param method of the request
   */
  ResponseReader(String method) {
    this.method = method;
  }

  /**
   * Takes the next bytes that are of one kind.
   *
   * @return the place behind them
   */
  int advance(byte[] bytes, int from, int to) {
    boolean inHead = !headComplete();
    int next = step(bytes, from, to);
    headCompleted = inHead && headComplete();
    return next;
  }

  private int step(byte[] bytes, int from, int to) {
    content = state == State.LENGTH || state == State.CHUNK || state == State.UNTIL_CLOSE;
    return content ? content(from, to) : text(bytes, from, to);
  }

  private int content(int from, int to) {
    if (state == State.UNTIL_CLOSE) {
      return to;
    }
    int count = (int) Math.min(to - from, left);
    left -= count;
    if (left == 0) {
      state = state == State.LENGTH ? State.ENDED : State.CHUNK_END;
    }
    return from + count;
  }

  private int text(byte[] bytes, int from, int to) {
    int next = line.collect(bytes, from, to);
    if (state == State.STATUS && !line.agreesWith(VERSION)) {
      state = State.STRANGE;
    } else if (isBeyond(next - from)) {
      state = State.STRANGE;
    } else if (line.isComplete()) {
      line();
    }
    return next;
  }

  /** Whether a limit is exceeded: heads and trailers have one together, chunk sizes one each. */
  private boolean isBeyond(int count) {
    if (state == State.CHUNK_SIZE || state == State.CHUNK_END) {
      return line.isTooLong();
    }
    headBytes += count;
    return headBytes > LARGEST_HEAD;
  }

  private void line() {
    String text = line.text();
    switch (state) {
      case STATUS:
        head = ResponseHead.parse(text);
        state = head == null ? State.STRANGE : State.HEADERS;
        break;
      case HEADERS:
        header(text);
        break;
      case CHUNK_SIZE:
        chunk(size(text));
        break;
      case CHUNK_END:
        state = text.isEmpty() ? State.CHUNK_SIZE : State.STRANGE;
        break;
      case TRAILERS:
        state = text.isEmpty() ? State.ENDED : State.TRAILERS;
        break;
      default:
        state = State.STRANGE;
        break;
    }
  }

  private void header(String text) {
    ResponseHead current = head;
    if (current == null) {
      state = State.STRANGE;
    } else if (text.isEmpty()) {
      state = afterHead(current);
    } else {
      current.header(text, line.isTooLong());
    }
  }

  private State afterHead(ResponseHead complete) {
    int status = complete.status();
    if (complete.isStrange() || status == 101 || method.equals("CONNECT")) {
      return State.STRANGE;
    }
    if (status < 200) {
      return State.STATUS;
    }
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return State.ENDED;
    }
    if (complete.isChunked()) {
      return State.CHUNK_SIZE;
    }
    left = complete.contentLength();
    return left == ResponseHead.NONE ? State.UNTIL_CLOSE : left == 0 ? State.ENDED : State.LENGTH;
  }

  private void chunk(long size) {
    left = size;
    state = size < 0 ? State.STRANGE : size == 0 ? State.TRAILERS : State.CHUNK;
  }

  /** The size of a chunk before any extension, -1 if there is none. */
  private static long size(String text) {
    int semicolon = text.indexOf(';');
    String digits = (semicolon < 0 ? text : text.substring(0, semicolon)).trim();
    if (digits.isEmpty() || digits.length() > MOST_SIZE_DIGITS) {
      return -1;
    }
    long size = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      size = size << 4 | digit;
    }
    return size;
  }

  /** Whether the last step took bytes of the content. */
  boolean isContent() {
    return content;
  }

  private boolean headComplete() {
    return state != State.STATUS && state != State.HEADERS && state != State.STRANGE;
  }

  /** Whether the last step has completed the head of the final response. */
  boolean isHeadComplete() {
    return headCompleted;
  }

  /** The head of the final response once it is complete, else null. */
  @Nullable ResponseHead head() {
    return headComplete() ? head : null;
  }

  /**
   * What would end the content here as the rules have it, null if nothing can: in the middle of a
   * chunk, or where a length is promised.
   */
  byte @Nullable [] missingEnd() {
    switch (state) {
      case CHUNK_SIZE:
        return line.isBegun() ? null : ascii(LAST_CHUNK);
      case CHUNK_END:
        return ascii((line.isBegun() ? "\n" : "\r\n") + LAST_CHUNK);
      default:
        return null;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the next byte is none of this response. */
  boolean isEnded() {
    return state == State.ENDED;
  }

  /** Whether the response cannot be followed: no HTTP/1.x, or no more after this. */
  boolean isStrange() {
    return state == State.STRANGE;
  }

  /** Whether the end of the connection is the end of the response. */
  boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }
}
