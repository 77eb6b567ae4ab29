package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.conn.ManagedNHttpClientConnection;
import org.apache.http.nio.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** The socket of a connection, for the time when its reactor has ended. */
final class OrphanedSession {
  // A reactor that dies of an error closes its sockets and its selector itself. One that has no
  // memory for that stops in the middle: a session may be noted as closed by then whose socket is
  // open, and is closed by nobody any more; and a socket that is closed while it is registered with
  // a selector is let go of when that selects next. Sessions of TLS and of logs have the one of the
  // socket below them.

  private static final String BELOW = "session";
  private static final String KEY = "key";

  private final @Nullable IOSession session;

  private OrphanedSession(@Nullable IOSession session) {
    this.session = session;
  }

  /** The socket of a lease that is valid: later it may be no more, and say nothing. */
  static OrphanedSession of(NHttpClientConnection connection) {
    try {
      return new OrphanedSession(
          connection instanceof ManagedNHttpClientConnection
              ? ((ManagedNHttpClientConnection) connection).getIOSession()
              : null);
    } catch (RuntimeException e) {
      // It was closed just now.
      return new OrphanedSession(null);
    }
  }

  /** Closes the socket. Only once its reactor has ended: nobody else can have the connection. */
  void close() throws IOException {
    SelectionKey key = key(session);
    if (key == null) {
      return;
    }
    key.channel().close();
    Selector selector = key.selector();
    try {
      if (selector.isOpen()) {
        selector.selectNow();
      }
    } catch (ClosedSelectorException e) {
      // Whoever closed it has let go of all sockets.
    }
  }

  private static @Nullable SelectionKey key(@Nullable Object session) {
    Object each = session;
    while (each != null) {
      Object key = value(each, KEY);
      if (key instanceof SelectionKey) {
        return (SelectionKey) key;
      }
      each = value(each, BELOW);
    }
    return null;
  }

  /** The value of a field; null too where another version has no such field. */
  private static @Nullable Object value(Object of, String name) {
    try {
      Field field = of.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the client's own way is all that there is.
      return null;
    }
  }
}
