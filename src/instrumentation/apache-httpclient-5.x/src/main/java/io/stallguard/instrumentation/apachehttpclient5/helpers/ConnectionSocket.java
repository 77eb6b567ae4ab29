package io.stallguard.instrumentation.apachehttpclient5.helpers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the socket that a connection reads from, which no interface of HttpCore tells. */
final class ConnectionSocket {
  // By reflection, asked once a class.

  /** A connection of HttpClient has it, and one of HttpCore in a holder. */
  private static final List<String> WAYS =
      Collections.unmodifiableList(Arrays.asList("getSocket", "getSocketHolder"));

  private static final int MOST_STEPS = 4;

  private static final ClassValue<Method[]> WAY = new Way();

  private ConnectionSocket() {}

  /** The socket that is there now, null if it cannot be had. */
  static @Nullable Socket of(Object connection) {
    Object next = connection;
    for (int step = 0; step < MOST_STEPS && next != null; step++) {
      if (next instanceof Socket) {
        return (Socket) next;
      }
      next = below(next);
    }
    return null;
  }

  private static @Nullable Object below(Object holder) {
    for (Method way : WAY.get(holder.getClass())) {
      try {
        return way.invoke(holder);
      } catch (IllegalAccessException | InvocationTargetException e) {
        // A connection that was given back says so by an exception.
        return null;
      }
    }
    return null;
  }

  /** The method of a class that leads down, if it has one. */
  private static final class Way extends ClassValue<Method[]> {
    @Override
    protected Method[] computeValue(Class<?> holder) {
      for (String name : WAYS) {
        for (Class<?> type = holder; type != null; type = type.getSuperclass()) {
          for (Method method : type.getDeclaredMethods()) {
            if (leadsDown(method, name)) {
              return new Method[] {method};
            }
          }
        }
      }
      return new Method[0];
    }

    private static boolean leadsDown(Method method, String name) {
      if (!method.getName().equals(name) || method.getParameterCount() != 0) {
        return false;
      }
      try {
        method.setAccessible(true);
        return true;
      } catch (RuntimeException e) {
        // In a module that is not open.
        return false;
      }
    }
  }
}
