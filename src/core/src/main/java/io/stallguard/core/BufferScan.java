package io.stallguard.core;

import java.nio.ByteBuffer;

/** Scans the bytes of a buffer without moving anything in it. */
final class BufferScan {
  // Most buffers that clients hand out are direct or read-only and have no array to look at. Bytes
  // are copied out of them by the piece, which costs less than to ask for each.

  private static final int PIECE_BYTES = 4096;

  private static final ThreadLocal<byte[]> PIECE = new ThreadLocal<>();

  private BufferScan() {}

  static boolean scan(StreamFormat format, ByteBuffer bytes) {
    if (bytes.hasArray()) {
      int start = bytes.arrayOffset() + bytes.position();
      return format.scan(bytes.array(), start, start + bytes.remaining());
    }
    return scanPieces(format, bytes.duplicate(), piece());
  }

  private static boolean scanPieces(StreamFormat format, ByteBuffer bytes, byte[] piece) {
    boolean asExpected = true;
    while (asExpected && bytes.hasRemaining()) {
      int length = Math.min(piece.length, bytes.remaining());
      bytes.get(piece, 0, length);
      asExpected = format.scan(piece, 0, length);
    }
    return asExpected;
  }

  private static byte[] piece() {
    byte[] piece = PIECE.get();
    if (piece == null) {
      piece = new byte[PIECE_BYTES];
      PIECE.set(piece);
    }
    return piece;
  }
}
