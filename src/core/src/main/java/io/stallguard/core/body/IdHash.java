package io.stallguard.core.body;

/** The hash of an answer's id, made as its bytes come. */
final class IdHash {
  // As Fowler, Noll and Vo have it: ids often differ by a digit.

  static final int OF_NOTHING = 0x811C_9DC5;

  private static final int FACTOR = 0x0100_0193;

  private IdHash() {}

  /** The hash of some bytes behind others; of the first behind {@link #OF_NOTHING}. */
  static int of(int before, byte[] bytes, int from, int to) {
    int hash = before;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * FACTOR;
    }
    return hash;
  }
}
