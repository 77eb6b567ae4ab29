package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** A way to find the end of a line or of a string, by what the JVM can do. Stateless. */
abstract class LineSearch {
  /** Set by the class itself when it is initialized, which JDK 8 cannot load. */
  static @Nullable LineSearch wide;

  /** The index of the next CR or LF, or {@code to}. */
  abstract int next(byte[] bytes, int from, int to);

  /** The index of the next quotation mark or backslash, or {@code to}. */
  abstract int nextQuote(byte[] bytes, int from, int to);

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
