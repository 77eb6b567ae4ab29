package io.stallguard.probes;

import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Takes all bytes that come; busy with the first ones, it blocks the thread that brought them. */
final class ByteConsumer5 extends AbstractBinResponseConsumer<Boolean> {
  private final Received received;
  private final Runnable begun;

  ByteConsumer5(Received received) {
    this(received, () -> {});
  }

  /** Does something when the head has come. */
  ByteConsumer5(Received received, Runnable begun) {
    this.received = received;
    this.begun = begun;
  }

  @Override
  protected void start(HttpResponse response, ContentType type) {
    received.head();
    begun.run();
  }

  @Override
  protected int capacityIncrement() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void data(ByteBuffer bytes, boolean last) {
    if (bytes.hasRemaining()) {
      received.add(bytes);
      received.pause();
    }
  }

  @Override
  protected Boolean buildResult() {
    return true;
  }

  @Override
  public void releaseResources() {}
}
