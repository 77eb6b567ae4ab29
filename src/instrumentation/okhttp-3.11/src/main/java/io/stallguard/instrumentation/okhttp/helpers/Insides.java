package io.stallguard.instrumentation.okhttp.helpers;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What OkHttp's own objects hold and do that its API does not tell, by name. */
final class Insides {
  // By reflection, and only for a call whose verdict is due. Not by an interceptor of ours, which
  // is
  // told the connection: the app sees interceptors, and nothing tells them when it is given back.

  private Insides() {}

  /**
   * The object at the end of the first of these chains of fields that has one; null if none has.
   */
  static @Nullable Object end(Object from, String[][] ways) {
    for (String[] way : ways) {
      Object end = end(from, way);
      if (end != null) {
        return end;
      }
    }
    return null;
  }

  /** The object at the end of this chain of fields; null if one of them is not there or empty. */
  static @Nullable Object end(Object from, String... way) {
    Object end = from;
    for (int i = 0; i < way.length && end != null; i++) {
      end = value(end, way[i]);
    }
    return end;
  }

  /** The value of a field; null if there is no such field, or nothing in it. */
  static @Nullable Object value(Object of, String name) {
    Field field = field(of.getClass(), name);
    try {
      return field == null ? null : field.get(of);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  static @Nullable Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException | RuntimeException e) {
      // Another version, or in a module that is not open.
      return null;
    }
  }

  /** The method of this name with one of these numbers of parameters, the first that there is. */
  static @Nullable Method method(Object of, String name, int... counts) {
    for (int count : counts) {
      for (Method method : of.getClass().getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == count) {
          return accessible(method);
        }
      }
    }
    return null;
  }

  private static @Nullable Method accessible(Method method) {
    try {
      method.setAccessible(true);
      return method;
    } catch (RuntimeException e) {
      // As above.
      return null;
    }
  }

  /** Calls a method, and throws what it throws. */
  static void call(Method method, Object of, Object... arguments) throws Exception {
    try {
      method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof Error) {
        throw (Error) thrown;
      }
      throw thrown instanceof Exception ? (Exception) thrown : e;
    }
  }
}
