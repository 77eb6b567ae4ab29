package io.stallguard.probes;

import java.nio.CharBuffer;
import org.apache.http.HttpResponse;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncCharConsumer;
import org.apache.http.protocol.HttpContext;

/** Takes all characters that come. */
final class CharConsumer4 extends AsyncCharConsumer<Boolean> {
  private final Received received;

  CharConsumer4(Received received) {
    this.received = received;
  }

  @Override
  protected void onResponseReceived(HttpResponse response) {
    received.head();
  }

  @Override
  protected void onCharReceived(CharBuffer chars, IOControl control) {
    received.add(chars.toString());
  }

  @Override
  protected Boolean buildResult(HttpContext context) {
    return true;
  }
}
