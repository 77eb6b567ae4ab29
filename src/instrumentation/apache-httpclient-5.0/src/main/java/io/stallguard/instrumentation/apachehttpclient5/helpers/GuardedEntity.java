package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.PooledInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** An entity whose content is timed, however it is read. One thread after another. */
final class GuardedEntity extends HttpEntityWrapper {
  private final Guard guard;
  private final ConnectionAbort abort;
  private @Nullable InputStream content;

  GuardedEntity(HttpEntity entity, Guard guard, ConnectionAbort abort) {
    super(entity);
    this.guard = guard;
    this.abort = abort;
  }

  @Override
  public InputStream getContent() throws IOException {
    if (content == null) {
      content = guarded(super.getContent());
    }
    return content;
  }

  private InputStream guarded(InputStream body) {
    InputStream guarded = new PooledInputStream(body, guard, isDelimited(), abort);
    return body instanceof ChunkedInputStream
        ? new GuardedChunks((ChunkedInputStream) body, guarded)
        : guarded;
  }

  /**
   * Whether the body has an end of its own: any other ends with its connection, which is then of no
   * use to anybody.
   */
  private boolean isDelimited() {
    return isChunked() || getContentLength() >= 0;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    AbstractHttpEntity.writeTo(this, out);
  }

  /**
   * Notes that all of the body is read before anybody sees it; of what was begun before that is not
   * known.
   */
  void collected() {
    if (content == null) {
      guard.collected();
    }
  }

  /** Reads to the end, as the entity's own does. */
  @Override
  public void close() throws IOException {
    getContent().close();
  }
}
