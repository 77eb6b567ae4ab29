package io.stallguard.probes;

import java.nio.ByteBuffer;

/** Takes byte buffers one by one. */
class ByteBuffers extends OneByOne<ByteBuffer> {
  ByteBuffers(Received received) {
    super(received);
  }

  @Override
  void add(Received into, ByteBuffer piece) {
    into.add(piece);
  }
}
