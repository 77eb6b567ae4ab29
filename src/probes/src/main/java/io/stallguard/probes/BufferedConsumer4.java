package io.stallguard.probes;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.nio.util.SharedInputBuffer;
import org.apache.http.protocol.HttpContext;

/** Hands what comes over to another thread, by way of HttpCore's own buffer. */
final class BufferedConsumer4 extends AbstractAsyncResponseConsumer<Boolean> {
  private static final int BUFFER_BYTES = 8192;

  private final Received received;
  private final SharedInputBuffer buffer = new SharedInputBuffer(BUFFER_BYTES);
  private final CountDownLatch begun = new CountDownLatch(1);

  BufferedConsumer4(Received received) {
    this.received = received;
  }

  /** Takes it from the buffer; on the app's thread. */
  void readAll() throws IOException, InterruptedException {
    begun.await();
    byte[] some = new byte[BUFFER_BYTES];
    for (int count = buffer.read(some); count >= 0; count = buffer.read(some)) {
      received.add(some, count);
      received.pause();
    }
  }

  @Override
  protected void onResponseReceived(HttpResponse response) {
    received.head();
    begun.countDown();
  }

  @Override
  protected void onEntityEnclosed(HttpEntity entity, ContentType type) {}

  @Override
  protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
    buffer.consumeContent(decoder, control);
  }

  @Override
  protected Boolean buildResult(HttpContext context) {
    return true;
  }

  /** Lets the reader go, in the end and after a failure. */
  @Override
  protected void releaseResources() {
    buffer.close();
    begun.countDown();
  }
}
