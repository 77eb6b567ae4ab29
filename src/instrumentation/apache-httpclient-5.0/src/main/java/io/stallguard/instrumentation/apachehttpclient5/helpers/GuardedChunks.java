package io.stallguard.instrumentation.apachehttpclient5.helpers;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** A guarded stream that is still what the client looks for when it is asked for trailers. */
final class GuardedChunks extends ChunkedInputStream {
  // What is inherited is never used: all of it is answered by the two streams.

  private final ChunkedInputStream chunks;
  private final InputStream guarded;

  /**
   * Made each time that the content is asked for.
   *
   * @param chunks the client's own stream
   * @param guarded the same, guarded
   */
  GuardedChunks(ChunkedInputStream chunks, InputStream guarded) {
    super(new SessionInputBufferImpl(1), guarded);
    this.chunks = chunks;
    this.guarded = guarded;
  }

  @Override
  public int available() throws IOException {
    return guarded.available();
  }

  @Override
  public int read() throws IOException {
    return guarded.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return guarded.read(bytes, offset, length);
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return guarded.read(bytes, 0, bytes.length);
  }

  @Override
  public long skip(long count) throws IOException {
    return guarded.skip(count);
  }

  @Override
  public void close() throws IOException {
    guarded.close();
  }

  @Override
  public Header[] getFooters() {
    return chunks.getFooters();
  }
}
