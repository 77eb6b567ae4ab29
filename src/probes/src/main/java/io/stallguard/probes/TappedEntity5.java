package io.stallguard.probes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An app's entity that looks at each piece that is read of the client's. */
final class TappedEntity5 extends HttpEntityWrapper {
  private final Received received;

  TappedEntity5(HttpEntity entity, Received received) {
    super(entity);
    this.received = received;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new FilterInputStream(super.getContent()) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
          received.add(ByteBuffer.wrap(bytes, offset, count));
        }
        return count;
      }
    };
  }
}
