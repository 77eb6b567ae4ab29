package io.stallguard.benchmarks;

import okio.Buffer;
import okio.Source;
import okio.Timeout;

/** The chunks of {@link MemoryStream}, as a source of Okio. */
final class MemorySource implements Source {
  private final byte[] chunk = MemoryStream.event();

  @Override
  public long read(Buffer sink, long byteCount) {
    int count = (int) Math.min(byteCount, chunk.length);
    sink.write(chunk, 0, count);
    return count;
  }

  @Override
  public Timeout timeout() {
    return Timeout.NONE;
  }

  @Override
  public void close() {}
}
