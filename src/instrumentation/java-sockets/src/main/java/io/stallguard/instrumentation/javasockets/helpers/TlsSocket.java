package io.stallguard.instrumentation.javasockets.helpers;

import java.lang.reflect.Field;
import java.net.Socket;
import java.security.AccessController;
import java.security.PrivilegedAction;
import javax.net.ssl.SSLSocket;

/** Finds the socket under a TLS socket, which the TLS socket keeps to itself. Any thread. */
final class TlsSocket {
  private static final String JDK = "sun.security.ssl.BaseSSLSocketImpl";
  private static final String CONSCRYPT = "org.conscrypt.AbstractConscryptSocket";

  /** The socket below; the same socket where there is none or it cannot be had. */
  Socket under(Socket socket) {
    return socket instanceof SSLSocket ? underTls(socket) : socket;
  }

  // The app's classes may be on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  private static Socket underTls(Socket socket) {
    return System.getSecurityManager() == null
        ? found(socket)
        : AccessController.doPrivileged((PrivilegedAction<Socket>) () -> found(socket));
  }

  private static Socket found(Socket socket) {
    for (Class<?> type = socket.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(JDK)) {
        return field(type, "self", socket);
      }
      if (type.getName().equals(CONSCRYPT)) {
        return field(type, "socket", socket);
      }
    }
    return socket;
  }

  private static Socket field(Class<?> type, String name, Socket socket) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      Object under = field.get(socket);
      return under instanceof Socket ? (Socket) under : socket;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version: to close the TLS socket closes the one below as well, as a rule.
      return socket;
    }
  }
}
