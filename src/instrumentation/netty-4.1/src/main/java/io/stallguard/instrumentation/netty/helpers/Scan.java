package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.stallguard.core.Guard;
import java.nio.ByteBuffer;

/** Shows a guard the bytes of a buffer, where they are; the buffer stays as it is. */
final class Scan {
  private Scan() {}

  static void of(ByteBuf bytes, Guard guard) {
    int begin = bytes.readerIndex();
    int length = bytes.readableBytes();
    if (bytes.hasArray()) {
      guard.scan(bytes.array(), bytes.arrayOffset() + begin, length);
    } else if (bytes.nioBufferCount() == 1) {
      guard.scan(bytes.nioBuffer(begin, length));
    } else if (bytes.nioBufferCount() > 1) {
      for (ByteBuffer part : bytes.nioBuffers(begin, length)) {
        guard.scan(part);
      }
    } else {
      // None of Netty's own is like this.
      guard.scan(ByteBufUtil.getBytes(bytes), 0, length);
    }
  }
}
