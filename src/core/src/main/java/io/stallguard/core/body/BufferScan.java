package io.stallguard.core.body;

import java.nio.ByteBuffer;

/** Scans the bytes of a buffer and leaves it as it was. */
public final class BufferScan {
  // Most buffers that clients hand out are direct or read-only and have no array to look at. Bytes
  // are copied out of them by the piece, which costs less than to ask for each. The position is put
  // back: a duplicate of the buffer would be garbage with every chunk.

  private BufferScan() {}

  public static boolean scan(StreamFormat format, ByteBuffer bytes) {
    if (bytes.hasArray()) {
      int start = bytes.arrayOffset() + bytes.position();
      return format.scan(bytes.array(), start, start + bytes.remaining());
    }
    int position = bytes.position();
    try {
      return scanPieces(format, bytes, Piece.ofThread());
    } finally {
      bytes.position(position);
    }
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
}
