package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.stallguard.core.body.Piece;
import io.stallguard.core.engine.Guard;

/** Shows a guard the bytes of a buffer; the buffer stays as it is. */
final class Scan {
  // What comes from a network is mostly in direct buffers. A view of one as a ByteBuffer would be
  // garbage with every piece of a body, and dearer than a copy.

  private Scan() {}

  static void of(ByteBuf bytes, Guard guard) {
    int begin = bytes.readerIndex();
    int end = bytes.writerIndex();
    if (bytes.hasArray()) {
      guard.scan(bytes.array(), bytes.arrayOffset() + begin, end - begin);
      return;
    }
    byte[] piece = Piece.ofThread();
    for (int at = begin; at < end; at += piece.length) {
      int length = Math.min(piece.length, end - at);
      bytes.getBytes(at, piece, 0, length);
      guard.scan(piece, 0, length);
    }
  }
}
