package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentDecoder;

/**
 * A decoder that shows its body what the consumer fetches. Is run by advice in HttpCore's buffer
 * when it is to fill that.
 */
final class GuardedDecoder implements ContentDecoder, Runnable {
  // No FileContentDecoder, even where the client's is one: what goes from socket to file by itself
  // cannot be looked at, and consumers that write files take any decoder.

  private final ContentDecoder decoder;
  private final GuardedBody body;

  GuardedDecoder(ContentDecoder decoder, GuardedBody body) {
    this.decoder = decoder;
    this.body = body;
  }

  boolean isOf(ContentDecoder other) {
    return decoder == other;
  }

  @Override
  public void run() {
    body.buffers();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int begin = target.position();
    int count = decoder.read(target);
    if (count > 0) {
      show(target, begin);
    }
    return count;
  }

  private void show(ByteBuffer target, int begin) {
    int end = target.position();
    int limit = target.limit();
    target.limit(end).position(begin);
    try {
      body.fetched(target);
    } finally {
      target.limit(limit).position(end);
    }
  }

  @Override
  public boolean isCompleted() {
    return decoder.isCompleted();
  }

  @Override
  public String toString() {
    return decoder.toString();
  }
}
