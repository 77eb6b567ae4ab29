package io.stallguard.core;

/** Finds the ends of lines. */
final class LineEnds {
  private LineEnds() {}

  /** The index of the next CR or LF, or {@code to}. */
  static int next(byte[] bytes, int from, int to) {
    int i = from;
    // One branch for eight bytes: b - 14 is negative for line ends, for other control characters
    // and for letters beyond ASCII. Only then each byte is looked at.
    for (int last = to - 8; i <= last; i += 8) {
      int low =
          (bytes[i] - 14)
              | (bytes[i + 1] - 14)
              | (bytes[i + 2] - 14)
              | (bytes[i + 3] - 14)
              | (bytes[i + 4] - 14)
              | (bytes[i + 5] - 14)
              | (bytes[i + 6] - 14)
              | (bytes[i + 7] - 14);
      if (low < 0) {
        int found = byByte(bytes, i, i + 8);
        if (found < i + 8) {
          return found;
        }
      }
    }
    return byByte(bytes, i, to);
  }

  private static int byByte(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !is(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Whether it is one. */
  static boolean is(byte b) {
    return b == '\n' || b == '\r';
  }
}
