package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The executors on which clients run the app's code. */
final class ClientExecutors {
  // A client shows only an executor that the app has brought. The other one is behind an executor
  // of the client that, on any thread but the client's selector, runs tasks where it is called.

  private static final String OUTER = "delegatingExecutor";
  private static final String INNER = "delegate";

  private final @Nullable Field outer;
  private final @Nullable Method inner;

  private ClientExecutors(@Nullable Field outer, @Nullable Method inner) {
    this.outer = outer;
    this.inner = inner;
  }

  /**
   * Looks where this JDK keeps the executors.
   *
   * @param client the class of its clients
   */
  static ClientExecutors of(Class<?> client) {
    try {
      Field outer = Opened.of(client.getDeclaredField(OUTER));
      return new ClientExecutors(outer, Opened.of(outer.getType().getDeclaredMethod(INNER)));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the callbacks of apps that brought none are run on threads of ours.
      return new ClientExecutors(null, null);
    }
  }

  /** The executor of a client, null if it cannot be had. */
  @Nullable Executor executor(Object client) {
    Field field = outer;
    try {
      return field == null || inner == null
          ? ((HttpClient) client).executor().orElse(null)
          : behind((Executor) field.get(client));
    } catch (ReflectiveOperationException e) {
      // As above.
      return null;
    }
  }

  /**
   * The executor that has the work of an exchange in the end. The one of the client itself, which a
   * caller that waits is served by, runs here what it is asked to.
   */
  Executor behind(Executor ofExchange) {
    Method method = inner;
    if (method == null || !isOfWaiting(ofExchange)) {
      return ofExchange;
    }
    try {
      return (Executor) method.invoke(ofExchange);
    } catch (ReflectiveOperationException e) {
      // Then it counts as one that has answered.
      return ofExchange;
    }
  }

  /** Whether a client that answers on this executor has the caller wait for the answer. */
  boolean isOfWaiting(Executor executor) {
    return outer != null && outer.getType().isInstance(executor);
  }
}
