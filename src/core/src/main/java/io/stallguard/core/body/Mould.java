package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The JSON of an event with gaps where text and numbers were: what events after it repeat. */
final class Mould {
  // Kept are brackets, keys, and the values that are no piece of an answer: words like null, names
  // of events, labels such as the model. A gap stands for a string of at least one byte that nobody
  // asks for, or for the digits of a number: whatever stands in it, an event says the same.
  //
  // Made while the document is followed, of one event; a stream whose events never come out of
  // their mould has others made ever more seldom.

  /** The longest mould: longer ones are not worth their memory. */
  private static final int MOST_BYTES = 384;

  private static final int MOST_GAPS = 24;

  // What a gap is for.
  private static final int NUMBER = 1;
  private static final int ID = 2;
  private static final int KIND_BITS = 2;

  /** By how much the array grows: little more than is needed, as there is one for each stream. */
  private static final int MORE_BYTES = 32;

  private static final int MORE_GAPS = 4;
  private static final byte[] NO_BYTES = {};
  private static final short[] NO_GAPS = {};

  /** How many events may differ from a mould that others came out of. */
  private static final int MOST_MISSES = 3;

  /** After how many moulds in vain labels are taken for text: some servers count them up. */
  private static final int LABELS_VARY = 2;

  private static final int PAUSES_FROM = 3;
  private static final int LONGEST_PAUSE = 8;

  private static final byte[][] LABELS = {
    "id".getBytes(US_ASCII),
    "object".getBytes(US_ASCII),
    "model".getBytes(US_ASCII),
    "role".getBytes(US_ASCII),
    "type".getBytes(US_ASCII),
    "runId".getBytes(US_ASCII),
    "responseId".getBytes(US_ASCII),
    "provider".getBytes(US_ASCII),
    "service_tier".getBytes(US_ASCII),
    "system_fingerprint".getBytes(US_ASCII)
  };

  /** The mould of documents that nobody learns. */
  static final Mould NONE = new Mould();

  private byte[] bytes = NO_BYTES;
  private int length;

  /** For each gap the number of bytes before it, and a bit each for a number and for an id. */
  private short[] gaps = NO_GAPS;

  private int gapCount;

  /** Whether the last id of an answer, if any, is in a gap. */
  private boolean idInGap;

  private boolean open;
  private boolean whole;

  /**
   * While the mould is made: from where on the piece is not taken yet, and whether that is in a
   * gap.
   */
  private int start;

  private boolean inGap;

  private int misses;
  private boolean used;
  private int vain;
  private int pause;

  /** Another event begins, of which the mould may be made. */
  void begin() {
    if (!whole && --pause < 0) {
      open = true;
      inGap = false;
      length = 0;
      gapCount = 0;
      idInGap = false;
    }
  }

  /** Whether the mould is being made. */
  boolean isOpen() {
    return open;
  }

  /** Whether the mould is there to be compared with. */
  boolean isWhole() {
    return whole;
  }

  /** The next piece of the document is looked at from here on. */
  void pieceBegins(int from) {
    start = from;
  }

  void pieceEnds(byte[] piece, int to) {
    if (!inGap) {
      take(piece, to);
    }
  }

  /** All has come that had to be looked at; tells whether the mould is of it. */
  boolean close() {
    boolean isMade = open;
    if (open) {
      open = false;
      whole = true;
      used = false;
      misses = 0;
    }
    return isMade;
  }

  /** Gives the mould up, as the event is none that others repeat. */
  void abandon() {
    if (open) {
      open = false;
      wasInVain();
    }
  }

  /** A string begins that is not empty, and that nobody asks for. */
  void text(byte[] piece, int at, boolean isId) {
    if (open) {
      take(piece, at);
      boolean isGap = vain >= LABELS_VARY || !isLabel();
      if (isGap) {
        gap(isId ? ID : 0);
        inGap = true;
      }
      idInGap = isId ? isGap : idInGap;
    }
  }

  /** A number begins under a key that is known. */
  void number(byte[] piece, int at, boolean isId) {
    if (open && isOfNumber(piece[at])) {
      take(piece, at);
      gap(isId ? NUMBER | ID : NUMBER);
      inGap = true;
      idInGap |= isId;
    }
  }

  /** The string or number is over. */
  void gapEnds(int at) {
    if (inGap) {
      inGap = false;
      start = at;
    }
  }

  /** Takes a byte of a number under a key that is not known. */
  void digit(byte[] piece, int at) {
    if (open && isOfNumber(piece[at])) {
      take(piece, at);
      if (gapCount == 0 || gaps[gapCount - 1] != (short) (length << KIND_BITS | NUMBER)) {
        gap(NUMBER);
      }
      start = at + 1;
    }
  }

  static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '.';
  }

  private void take(byte[] piece, int to) {
    int count = to - start;
    if (length + count > MOST_BYTES) {
      abandon();
    } else if (count > 0 && open) {
      bytes = room(length + count);
      System.arraycopy(piece, start, bytes, length, count);
      length += count;
    }
    start = to;
  }

  private byte[] room(int needed) {
    int size = bytes.length;
    return needed <= size ? bytes : Arrays.copyOf(bytes, Math.max(needed, size + MORE_BYTES));
  }

  private void gap(int kind) {
    if (gapCount == MOST_GAPS) {
      abandon();
      return;
    }
    if (gapCount == gaps.length) {
      gaps = Arrays.copyOf(gaps, gapCount + MORE_GAPS);
    }
    gaps[gapCount++] = (short) (length << KIND_BITS | kind);
  }

  /** Whether the string that begins now is the value of a label. */
  private boolean isLabel() {
    int colon = before(length - 1);
    int quote = before(colon);
    if (quote < 0 || bytes[colon] != ':' || bytes[quote] != '"') {
      return false;
    }
    for (byte[] label : LABELS) {
      int at = quote - label.length;
      if (at > 0
          && bytes[at - 1] == '"'
          && LineEnds.same(bytes, at, label, 0, label.length) == label.length) {
        return true;
      }
    }
    return false;
  }

  private int before(int place) {
    int at = place - 1;
    while (at >= 0 && bytes[at] == ' ') {
      at--;
    }
    return at;
  }

  /** Notes that an event agreed with the mould. */
  void hit() {
    used = true;
    vain = 0;
    misses = 0;
  }

  /** Notes that an event differed from the mould. */
  void miss() {
    misses++;
    if (!used || misses == MOST_MISSES) {
      whole = false;
      if (!used) {
        wasInVain();
      }
    }
  }

  private void wasInVain() {
    vain++;
    pause = vain < PAUSES_FROM ? 0 : 1 << Math.min(vain, LONGEST_PAUSE);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int gaps() {
    return gapCount;
  }

  /** How many bytes of the mould stand before the gap. */
  int gapAt(int gap) {
    return gaps[gap] >>> KIND_BITS;
  }

  boolean isNumber(int gap) {
    return (gaps[gap] & NUMBER) != 0;
  }

  /** Whether what stands in the gap tells the event's answer from others. */
  boolean isId(int gap) {
    return (gaps[gap] & ID) != 0;
  }

  /** Whether nothing but a gap says of which answer the event is. */
  boolean hasIdInGap() {
    return idInGap;
  }
}
