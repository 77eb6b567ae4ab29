package io.stallguard.instrumentation.httpurlconnection.helpers;

import java.lang.reflect.Method;

/** Keeps the JDK from sending a request once more. */
final class RetrySwitch {
  // When a connection breaks before the head the JDK sends the request again, a POST too: an answer
  // would be asked for, and paid, twice.

  private final Method doNotRetry;

  RetrySwitch() throws ReflectiveOperationException {
    this.doNotRetry =
        Class.forName("sun.net.www.http.HttpClient").getMethod("setDoNotRetry", boolean.class);
    doNotRetry.setAccessible(true);
  }

  /** Switches retries off from now on, for this connection of the JDK's. */
  void off(Object client) throws ReflectiveOperationException {
    doNotRetry.invoke(client, true);
  }
}
