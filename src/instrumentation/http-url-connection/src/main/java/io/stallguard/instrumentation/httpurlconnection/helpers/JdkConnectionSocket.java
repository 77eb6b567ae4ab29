package io.stallguard.instrumentation.httpurlconnection.helpers;

import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Finds the socket of a connection, which the JDK keeps to itself. */
final class JdkConnectionSocket {
  // disconnect() and close() both wait for the lock that the blocked reader holds; the socket
  // itself can be closed at any time.

  private final Field client;
  private final Field socket;

  JdkConnectionSocket() throws ReflectiveOperationException {
    this.client = field("sun.net.www.protocol.http.HttpURLConnection", "http");
    this.socket = field("sun.net.NetworkClient", "serverSocket");
  }

  /** A field of the JDK's that is not for everybody. */
  static Field field(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** The JDK's client, which may serve other connections later; null if there is none. */
  @Nullable Object clientOf(HttpURLConnection connection) throws IllegalAccessException {
    return client.get(connection);
  }

  /** The socket of the JDK's client, null if it is gone. */
  @Nullable Socket of(@Nullable Object network) throws IllegalAccessException {
    return network == null ? null : (Socket) socket.get(network);
  }
}
