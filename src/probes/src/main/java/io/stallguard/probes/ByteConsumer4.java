package io.stallguard.probes;

import java.nio.ByteBuffer;
import org.apache.http.HttpResponse;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.protocol.HttpContext;

/** Takes all bytes that come; busy with the first ones, it blocks the thread that brought them. */
final class ByteConsumer4 extends AsyncByteConsumer<Boolean> {
  private final Received received;

  ByteConsumer4(Received received) {
    this.received = received;
  }

  @Override
  protected void onResponseReceived(HttpResponse response) {
    received.head();
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
