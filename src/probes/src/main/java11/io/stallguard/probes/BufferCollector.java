package io.stallguard.probes;

import java.nio.ByteBuffer;
import java.util.List;

/** Takes buffers, so many at a time. */
final class BufferCollector extends Collector<List<ByteBuffer>> {
  BufferCollector(Received received, long batch) {
    super(received, batch);
  }

  @Override
  void add(Received received, List<ByteBuffer> item) {
    item.forEach(received::add);
  }
}
