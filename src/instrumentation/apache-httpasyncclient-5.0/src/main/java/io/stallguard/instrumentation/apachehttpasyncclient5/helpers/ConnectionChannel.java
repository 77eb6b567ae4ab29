package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.lang.reflect.Method;

/** The client's own handle of a connection of HTTP/1.1, which it keeps to itself. */
final class ConnectionChannel {
  private final Method close;
  private final Method requestOutput;

  ConnectionChannel(ClassLoader client) throws ReflectiveOperationException {
    Class<?> type =
        Class.forName("org.apache.hc.core5.http.impl.nio.Http1StreamChannel", false, client);
    this.close = type.getDeclaredMethod("close");
    this.requestOutput = type.getDeclaredMethod("requestOutput");
    close.setAccessible(true);
    requestOutput.setAccessible(true);
  }

  void close(Object channel) throws ReflectiveOperationException {
    close.invoke(channel);
  }

  void requestOutput(Object channel) {
    try {
      requestOutput.invoke(channel);
    } catch (ReflectiveOperationException e) {
      // It is closed for good: its reactor knows.
    }
  }
}
