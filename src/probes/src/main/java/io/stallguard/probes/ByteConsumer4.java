package io.stallguard.probes;

import java.nio.ByteBuffer;
import org.apache.http.HttpResponse;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.protocol.HttpContext;

/** Takes all bytes that come; busy with the first ones, it blocks the thread that brought them. */
final class ByteConsumer4 extends AsyncByteConsumer<Boolean> {
  private final Received received;
  private final Runnable begun;

  ByteConsumer4(Received received) {
    this(received, () -> {});
  }

  /** Does something when the head has come. */
  ByteConsumer4(Received received, Runnable begun) {
    this.received = received;
    this.begun = begun;
  }

  @Override
  protected void onResponseReceived(HttpResponse response) {
    received.head();
    begun.run();
  }

  @Override
  protected void onByteReceived(ByteBuffer bytes, IOControl control) {
    received.add(bytes);
    received.pause();
  }

  @Override
  protected Boolean buildResult(HttpContext context) {
    return true;
  }
}
