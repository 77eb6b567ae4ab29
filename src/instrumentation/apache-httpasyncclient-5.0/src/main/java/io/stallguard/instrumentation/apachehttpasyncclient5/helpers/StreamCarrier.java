package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SilentConnection;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** A stream of a connection that others share. */
final class StreamCarrier implements Carrier {
  // HttpCore before 5.4 resets a stream only while its own side is open, which ends with the
  // request. A stream whose answer is awaited would never be reset, and the server go on sending:
  // so its side is opened again for the reset. Nothing is sent through it, since the request is
  // complete for those who send. The client may meanwhile take a stream that the server ends for
  // one that goes on; it looks again when the reset is sent. Once only, or an escalation would
  // reset what was reset.

  private static final String OWN_SIDE_CLOSED = "localEndStream";

  /** The streams that were reset; in common, as they may share a connection. */
  private static final Set<Object> ENDED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Cancellable channel;
  private final EndpointDetails connection;
  private final AtomicBoolean opened = new AtomicBoolean();

  StreamCarrier(Cancellable channel, EndpointDetails connection) {
    this.channel = channel;
    this.connection = connection;
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }

  @Override
  public EndpointDetails connection() {
    return connection;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Sends RST_STREAM with CANCEL, unless the app has cancelled the stream before. */
  @Override
  public boolean end() throws ReflectiveOperationException {
    if (opened.compareAndSet(false, true)) {
      openOwnSide();
    }
    channel.cancel();
    ENDED.add(channel);
    return true;
  }

  @Override
  public void closeWithoutReactor() throws ReflectiveOperationException {
    ReactorSession session = ReactorSession.of(channel);
    if (session != null) {
      session.closeWithoutReactor();
    }
  }

  @Override
  public boolean isSilent(Guard released) {
    try {
      ReactorSession session = ReactorSession.of(channel);
      return session != null && SilentConnection.isOf(released, session.silentMillis());
    } catch (ReflectiveOperationException e) {
      // Another version: it stays in use.
      return false;
    }
  }

  @Override
  public void shutDown() {
    try {
      ReactorSession session = ReactorSession.of(channel);
      if (session != null) {
        session.shutDown(ENDED);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version, or its streams come and go just now: then it waits for its server.
    }
  }

  @Override
  public void wake() {
    if (channel instanceof DataStreamChannel) {
      ((DataStreamChannel) channel).requestOutput();
    }
  }

  private void openOwnSide() throws ReflectiveOperationException {
    Field closed;
    try {
      closed = channel.getClass().getDeclaredField(OWN_SIDE_CLOSED);
    } catch (NoSuchFieldException e) {
      // 5.4 and later.
      return;
    }
    closed.setAccessible(true);
    closed.setBoolean(channel, false);
  }
}
