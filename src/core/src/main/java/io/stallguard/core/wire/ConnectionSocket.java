package io.stallguard.core.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the socket that a client's connection reads from, which none of the client's interfaces
 * tells. Any thread.
 */
public final class ConnectionSocket {
  // By reflection, asked once a class.

  private static final int MOST_STEPS = 4;

  private final List<String> names;
  private final ClassValue<Method[]> ways = new Ways();

  /**
   * Makes a finder for the connections of one client.
   *
   * @param names of methods without parameters that lead to the socket or to what is closer to it,
   *     the best first
   */
  public ConnectionSocket(String... names) {
    this.names = Collections.unmodifiableList(Arrays.asList(names.clone()));
  }

  /** The socket that is there now, null if it cannot be had. */
  public @Nullable Socket of(Object connection) {
    Object next = connection;
    for (int step = 0; step < MOST_STEPS && next != null; step++) {
      if (next instanceof Socket) {
        return (Socket) next;
      }
      next = below(next);
    }
    return null;
  }

  private @Nullable Object below(Object holder) {
    for (Method way : ways.get(holder.getClass())) {
      try {
        return way.invoke(holder);
      } catch (IllegalAccessException | InvocationTargetException e) {
        // A connection that was given back says so by an exception.
        return null;
      }
    }
    return null;
  }

  /** The methods of a class that lead down, the best first. */
  private final class Ways extends ClassValue<Method[]> {
    @Override
    protected Method[] computeValue(Class<?> holder) {
      for (String name : names) {
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

    private boolean leadsDown(Method method, String name) {
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
