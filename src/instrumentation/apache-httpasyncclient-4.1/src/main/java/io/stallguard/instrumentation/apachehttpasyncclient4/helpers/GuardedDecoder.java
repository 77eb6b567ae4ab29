package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.apache.http.nio.ContentDecoder;

/**
 * A decoder that shows its body what the consumer fetches. Advice in HttpCore's buffer asks it when
 * it is to fill that.
 */
final class GuardedDecoder implements ContentDecoder, BooleanSupplier {
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

  /** Is told, by being asked, that what is fetched goes to a buffer with a reader of its own. */
  @Override
  public boolean getAsBoolean() {
    body.buffers();
    return true;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int begin = target.position();
    int count = decoder.read(target);
    if (count > 0) {
      show(target, begin);
    } else if (target.hasRemaining()) {
      body.foundNothing();
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
