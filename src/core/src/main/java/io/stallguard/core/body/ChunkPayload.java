package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** The payload of a chunk of Amazon Bedrock: an object whose bytes are a model's own event. */
final class ChunkPayload {
  // {"bytes":"eyJ0eXBl..."}: what is behind the key is decoded as it comes, some bytes at a time.

  private static final ByteSearch KEY = new ByteSearch("\"bytes\":");
  private static final int PIECE = 48;
  private static final int SIX = 6;
  private static final int INVALID = -1;

  private static final int SEARCH = 0;
  private static final int BEFORE = 1;
  private static final int INSIDE = 2;
  private static final int BEHIND = 3;

  private final DataScan scan;
  private byte @Nullable [] piece;
  private int pieceLength;
  private int state;
  private int matched;
  private int bits;
  private int bitCount;

  ChunkPayload(DataScan scan) {
    this.scan = scan;
  }

  /**
   * Another payload begins.
   *
   * @param looksInto whether it is looked at what is in a piece of an answer
   */
  void begin(boolean looksInto) {
    scan.begin(null, looksInto);
    state = SEARCH;
    matched = 0;
    bits = 0;
    bitCount = 0;
    pieceLength = 0;
  }

  void next(byte[] bytes, int from, int to) {
    for (int i = from; i < to && state != BEHIND; i++) {
      next(bytes[i]);
    }
    flush();
  }

  private void next(byte b) {
    if (state == SEARCH) {
      matched = KEY.next(matched, b);
      state = KEY.isFound(matched) ? BEFORE : SEARCH;
    } else if (state == BEFORE) {
      state = b == '"' ? INSIDE : b == ' ' ? BEFORE : BEHIND;
    } else {
      decode(b);
    }
  }

  private void decode(byte b) {
    int six = six(b);
    if (six == INVALID) {
      state = BEHIND;
      return;
    }
    bits = (bits << SIX) | six;
    bitCount += SIX;
    if (bitCount >= Byte.SIZE) {
      bitCount -= Byte.SIZE;
      keep((byte) (bits >>> bitCount));
    }
  }

  private static int six(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return b == '+' || b == '-' ? 62 : b == '/' || b == '_' ? 63 : INVALID;
  }

  private void keep(byte b) {
    byte[] room = piece;
    if (room == null) {
      room = new byte[PIECE];
      piece = room;
    }
    room[pieceLength++] = b;
    if (pieceLength == PIECE) {
      flush();
    }
  }

  private void flush() {
    byte[] room = piece;
    if (room != null && pieceLength > 0) {
      scan.next(room, 0, pieceLength);
    }
    pieceLength = 0;
  }
}
