package io.stallguard.testing.server;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket that echoes each text, after a silence if it was asked to keep one. */
public final class SilentSocket extends Session.Listener.AbstractAutoDemanding {

  private final ScheduledExecutorService timer;
  private final long silentMillis;

  SilentSocket(ScheduledExecutorService timer, long silentMillis) {
    this.timer = timer;
    this.silentMillis = silentMillis;
  }

  @Override
  public void onWebSocketText(String message) {
    Future<?> unused =
        timer.schedule(
            () -> getSession().sendText(message, Callback.NOOP),
            silentMillis,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // A client that goes away without a close frame is part of the tests.
  }
}
