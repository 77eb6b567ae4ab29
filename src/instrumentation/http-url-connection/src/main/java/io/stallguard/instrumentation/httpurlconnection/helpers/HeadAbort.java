package io.stallguard.instrumentation.httpurlconnection.helpers;

import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.wire.LastLook;
import org.jspecify.annotations.Nullable;

/** Closes the socket under a connection that has no head yet, and for good. */
final class HeadAbort implements Abort {
  private final RetrySwitch retry;
  private final Object client;
  private final SocketAbort socket;

  HeadAbort(RetrySwitch retry, Object client, SocketAbort socket) {
    this.retry = retry;
    this.client = client;
    this.socket = socket;
  }

  @Override
  public @Nullable LastLook lastLook() {
    return socket.lastLook();
  }

  @Override
  public void abort(Guard guard) throws Exception {
    retry.off(client);
    socket.abort(guard);
  }

  @Override
  public void escalate(Guard guard) throws Exception {
    retry.off(client);
    socket.escalate(guard);
  }
}
