package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.PooledInputStream;
import java.io.InputStream;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** Decorates a chunked body as the instrumentation of HttpClient 5 does. */
public final class GuardedContents {
  private GuardedContents() {}

  /**
   * The body with its reads told to the guard.
   *
   * @param body what the client's stream reads in its stead: the chunks are taken off already
   */
  public static InputStream guarded(InputStream body, Guard guard) {
    ChunkedInputStream chunks = new ChunkedInputStream(new SessionInputBufferImpl(1), body);
    return new GuardedChunks(chunks, new PooledInputStream(body, guard, true, () -> {}));
  }
}
