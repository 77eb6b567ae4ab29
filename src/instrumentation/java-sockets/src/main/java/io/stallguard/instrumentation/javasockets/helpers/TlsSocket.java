package io.stallguard.instrumentation.javasockets.helpers;

import java.lang.reflect.Field;
import java.net.Socket;

/** Finds the socket under a TLS socket, which the JDK keeps to itself. Any thread. */
final class TlsSocket {
  private static final String BASE = "sun.security.ssl.BaseSSLSocketImpl";

  /** The socket below, or the same where there is none or it cannot be had. */
  Socket under(Socket socket) {
    for (Class<?> type = socket.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(BASE)) {
        return self(type, socket);
      }
    }
    return socket;
  }

  private static Socket self(Class<?> base, Socket socket) {
    try {
      Field self = base.getDeclaredField("self");
      self.setAccessible(true);
      return (Socket) self.get(socket);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JDK: to close the TLS socket closes the one below as well, as a rule.
      return socket;
    }
  }
}
