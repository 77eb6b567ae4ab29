package io.stallguard.probes;

import java.nio.CharBuffer;
import org.apache.hc.client5.http.async.methods.AbstractCharResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Takes all characters that come. */
final class CharConsumer5 extends AbstractCharResponseConsumer<Boolean> {
  private final Received received;

  CharConsumer5(Received received) {
    this.received = received;
  }

  @Override
  protected void start(HttpResponse response, ContentType type) {
    received.head();
  }

  @Override
  protected int capacityIncrement() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void data(CharBuffer chars, boolean last) {
    if (chars.hasRemaining()) {
      received.add(chars.toString());
    }
  }

  @Override
  protected Boolean buildResult() {
    return true;
  }

  @Override
  public void releaseResources() {}
}
