package io.stallguard.instrumentation.apachehttpclient4.helpers;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.PooledInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** An entity whose content is timed, however it is read. One thread after another. */
final class GuardedEntity extends HttpEntityWrapper {
  private static final int BUFFER_BYTES = 4096;

  private final Guard guard;
  private final ConnectionAbort abort;
  private @Nullable InputStream content;

  GuardedEntity(HttpEntity entity, Guard guard, ConnectionAbort abort) {
    super(entity);
    this.guard = guard;
    this.abort = abort;
  }

  /**
   * Gives the content, timed. The entity is asked each time: of an old version it has the content
   * once only, and says so.
   */
  @Override
  public InputStream getContent() throws IOException {
    InputStream body = super.getContent();
    if (content == null) {
      content = new PooledInputStream(body, guard, isDelimited(), abort);
    }
    return content;
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
    InputStream in = getContent();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
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
  public void consumeContent() throws IOException {
    (content == null ? getContent() : content).close();
  }
}
