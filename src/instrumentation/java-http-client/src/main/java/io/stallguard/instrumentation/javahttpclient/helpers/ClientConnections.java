package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;

/** The connections of HTTP/2 of the JDK's clients that are of no use any more. Any thread. */
final class ClientConnections {
  // The client has a state for a connection that is to take no more requests: it leaves the pool
  // when the next one comes, and says goodbye with its last stream. Then the client waits for the
  // server to close it, which one that is out of reach never does, and no timeout of an idle
  // connection holds for it any more. Requests that had their place before are carried to their
  // end.

  private final Method retire;
  private final Method isRetired;
  private final Field streams;
  private final Field reserved;
  private final Field carrier;
  private final Method close;

  /**
   * Finds the members of all clients' connections.
   *
   * @param connections the client's class
   * @throws ReflectiveOperationException if this JDK has it otherwise
   */
  ClientConnections(Class<?> connections) throws ReflectiveOperationException {
    this.retire = Opened.of(connections.getDeclaredMethod("setFinalStream"));
    this.isRetired = Opened.of(connections.getDeclaredMethod("finalStream"));
    this.streams = Opened.of(connections.getDeclaredField("streams"));
    this.reserved = Opened.of(connections.getDeclaredField("numReservedClientStreams"));
    this.carrier = Opened.of(connections.getDeclaredField("connection"));
    this.close = Opened.of(carrier.getType().getDeclaredMethod("close"));
  }

  /** Has the connection take no new exchange. */
  void retire(Object connection) throws ReflectiveOperationException {
    retire.invoke(connection);
  }

  /** Whether the connection has one exchange at most. */
  boolean isAlone(Object connection) throws ReflectiveOperationException {
    return ((Map<?, ?>) streams.get(connection)).size() <= 1;
  }

  boolean isRetired(Object connection) throws ReflectiveOperationException {
    return (Boolean) isRetired.invoke(connection);
  }

  /** Closes a connection that takes no new exchanges, and has none. */
  void closeIfUnused(Object connection) throws ReflectiveOperationException {
    if (isRetired(connection)
        && reserved.getInt(connection) == 0
        && ((Map<?, ?>) streams.get(connection)).isEmpty()) {
      close.invoke(carrier.get(connection));
    }
  }
}
