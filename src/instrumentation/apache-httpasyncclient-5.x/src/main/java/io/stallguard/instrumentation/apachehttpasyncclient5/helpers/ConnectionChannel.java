package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.lang.reflect.Method;

/** The client's own handle of a connection of HTTP/1.1, which it keeps to itself. */
final class ConnectionChannel {
  private final Method close;

  ConnectionChannel(ClassLoader client) throws ReflectiveOperationException {
    this.close =
        Class.forName("org.apache.hc.core5.http.impl.nio.Http1StreamChannel", false, client)
            .getDeclaredMethod("close");
    close.setAccessible(true);
  }

  void close(Object channel) throws ReflectiveOperationException {
    close.invoke(channel);
  }
}
