package io.stallguard.core.body;

/** Compares bytes that come one by one with all names of a list at once. */
final class NameMatch {
  // A bit for each name that all bytes so far agree with: mostly none is left after the first.

  /** The most names that a match can hold: the mask has so many bits. */
  static final int MOST_NAMES = Long.SIZE;

  private final byte[][] names;
  private long possible;
  private int length;

  /** Compares with the first 64 names of a list. */
  NameMatch(byte[][] names) {
    this.names = names;
  }

  /** A new text begins. */
  void begin() {
    length = 0;
    possible = names.length >= MOST_NAMES ? -1L : (1L << names.length) - 1;
  }

  void next(byte value) {
    long left = possible;
    for (long rest = left; rest != 0; rest &= rest - 1) {
      byte[] name = names[Long.numberOfTrailingZeros(rest)];
      if (length >= name.length || name[length] != value) {
        left &= ~Long.lowestOneBit(rest);
      }
    }
    possible = left;
    length++;
  }

  /** Whether some name still agrees with what has come. */
  boolean isPossible() {
    return possible != 0;
  }

  /** How many bytes have come. */
  int length() {
    return length;
  }

  /** Whether what has come is one of the names. */
  boolean isWhole() {
    for (long rest = possible; rest != 0; rest &= rest - 1) {
      if (names[Long.numberOfTrailingZeros(rest)].length == length) {
        return true;
      }
    }
    return false;
  }
}
