package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends exchanges of the JDK's clients whose head has not come. Any thread. */
final class ClientExchanges {
  // A future that is cancelled ends its exchange from JDK 16 on only. So the exchange is ended as
  // the client does it itself when the timeout of a request is over: that is there in all versions.

  private static final String PACKAGE = "jdk.internal.net.http.";

  private final Engine engine;
  private final @Nullable Method cancel;
  private final @Nullable Method current;
  private final @Nullable Field carrier;
  private final @Nullable Field whole;
  private final AtomicBoolean told = new AtomicBoolean();

  private ClientExchanges(Engine engine, Members members) {
    this.engine = engine;
    this.cancel = members.cancel;
    this.current = members.current;
    this.carrier = members.carrier;
    this.whole = members.whole;
  }

  /** Looks where this JDK keeps what is needed. */
  static ClientExchanges of(Engine engine, ClassLoader client) {
    return new ClientExchanges(engine, new Members(client));
  }

  /**
   * Cancels an exchange: closes the connection of HTTP/1.1, or resets the stream of HTTP/2, also
   * one that is not there yet.
   */
  void cancel(Object exchange, HttpTimeoutException cause) throws ReflectiveOperationException {
    if (cancel == null) {
      tellOnce();
    } else {
      cancel.invoke(exchange, cause);
    }
  }

  private void tellOnce() {
    if (told.compareAndSet(false, true)) {
      engine.inform(
          "java-http-client: JDK "
              + System.getProperty("java.version")
              + " shows no way to end an exchange before its head: who waits is released at the"
              + " head limit, and the exchange goes on");
    }
  }

  /** What carries the exchange out at the moment; null if that is not there yet, or not known. */
  @Nullable Object carrier(Object exchange) throws ReflectiveOperationException {
    Object attempt = current == null ? null : current.invoke(exchange);
    return attempt == null || carrier == null ? null : carrier.get(attempt);
  }

  /** The exchange that an attempt belongs to; null if that is not known. */
  @Nullable Object ofAttempt(Object attempt) {
    try {
      return whole == null ? null : whole.get(attempt);
    } catch (IllegalAccessException e) {
      // It was opened.
      return null;
    }
  }

  /** The client's own members, null where they are not known. */
  private static final class Members {
    private final ClassLoader client;
    @Nullable Method cancel;
    @Nullable Method current;
    @Nullable Field carrier;
    @Nullable Field whole;

    Members(ClassLoader client) {
      this.client = client;
      try {
        Class<?> exchanges = type("MultiExchange");
        cancel = Opened.of(exchanges.getDeclaredMethod("cancel", IOException.class));
        current = Opened.of(exchanges.getDeclaredMethod("getExchange"));
        carrier = Opened.of(type("Exchange").getDeclaredField("exchImpl"));
        whole = Opened.of(type("Exchange").getDeclaredField("multi"));
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Then the pool alone is looked at, or the exchange goes on: see above.
      }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName(PACKAGE + name, false, client);
    }
  }
}
