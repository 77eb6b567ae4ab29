package io.stallguard.core.body;

/** Finds the ends of lines, and of strings, and compares. */
final class LineEnds {
  private static final String WIDE = "io.stallguard.core.body.WideLineSearch";
  private static final LineSearch SEARCH = best();

  private LineEnds() {}

  /** The index of the next CR or LF, or {@code to}. */
  static int next(byte[] bytes, int from, int to) {
    return SEARCH.next(bytes, from, to);
  }

  /** The index of the next quotation mark or backslash, or {@code to}. */
  static int nextQuote(byte[] bytes, int from, int to) {
    return SEARCH.nextQuote(bytes, from, to);
  }

  /** The index of the next quotation mark, backslash, CR or LF, or {@code to}. */
  static int nextOfString(byte[] bytes, int from, int to) {
    return SEARCH.nextOfString(bytes, from, to);
  }

  /** How many bytes of both are the same, from these places on and up to a count. */
  static int same(byte[] bytes, int from, byte[] others, int otherFrom, int count) {
    return SEARCH.same(bytes, from, others, otherFrom, count);
  }

  /** Whether a byte is the end of a line. */
  static boolean is(byte b) {
    return b == '\n' || b == '\r';
  }

  private static LineSearch best() {
    try {
      Class.forName(WIDE);
    } catch (ClassNotFoundException | LinkageError e) {
      // JDK 8: the other one does.
    }
    LineSearch wide = LineSearch.wide;
    return wide == null ? new NarrowLineSearch() : wide;
  }
}
