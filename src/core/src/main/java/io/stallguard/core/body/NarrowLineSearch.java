package io.stallguard.core.body;

/** The search for JDK 8, which makes one number of eight bytes by itself. */
final class NarrowLineSearch extends LineSearch {
  @Override
  int next(byte[] bytes, int from, int to) {
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

  @Override
  int nextQuote(byte[] bytes, int from, int to) {
    return quoteByByte(bytes, from, to);
  }

  @Override
  int nextOfString(byte[] bytes, int from, int to) {
    return ofStringByByte(bytes, from, to);
  }

  @Override
  int same(byte[] bytes, int from, byte[] others, int otherFrom, int count) {
    return sameByByte(bytes, from, others, otherFrom, count);
  }
}
