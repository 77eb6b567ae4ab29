package io.stallguard.probes;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A socket of the app's own: whoever closes it first is held up, and it stays open meanwhile. */
final class StubbornSocket extends Socket {
  private final long heldMillis;
  private final AtomicBoolean closing = new AtomicBoolean();

  StubbornSocket(long heldMillis) {
    this.heldMillis = heldMillis;
  }

  // Only who comes first is to be held up.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    if (isConnected() && closing.compareAndSet(false, true)) {
      try {
        TimeUnit.MILLISECONDS.sleep(heldMillis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    super.close();
  }
}
