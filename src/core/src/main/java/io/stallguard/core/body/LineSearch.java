package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * A way to find the end of a line or of a string, and to compare, by what the JVM can do.
 * Stateless.
 */
abstract class LineSearch {
  /**
   * The search that is faster, set by its own class when that is initialized; JDK 8 cannot load it.
   */
  static @Nullable LineSearch wide;

  /** The index of the next CR or LF, or {@code to}. */
  abstract int next(byte[] bytes, int from, int to);

  /** The index of the next quotation mark or backslash, or {@code to}. */
  abstract int nextQuote(byte[] bytes, int from, int to);

  /** The index of the next quotation mark, backslash, CR or LF, or {@code to}. */
  abstract int nextOfString(byte[] bytes, int from, int to);

  /** How many bytes of both are the same, from these places on and up to a count. */
  abstract int same(byte[] bytes, int from, byte[] others, int otherFrom, int count);

  static int ofStringByByte(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '"' && bytes[i] != '\\' && !LineEnds.is(bytes[i])) {
      i++;
    }
    return i;
  }

  static int sameByByte(byte[] bytes, int from, byte[] others, int otherFrom, int count) {
    int i = 0;
    while (i < count && bytes[from + i] == others[otherFrom + i]) {
      i++;
    }
    return i;
  }

  static int quoteByByte(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  static int byByte(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !LineEnds.is(bytes[i])) {
      i++;
    }
    return i;
  }
}
