package io.stallguard.core.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The JDK's virtual threads, where it has them. Threads of ours only. */
final class VirtualThreads {
  // Java 21 and later. By reflection, as this is made for Java 8. A thread that is begun here
  // inherits from ours, which has nothing of an app's.

  private static final String NAME = "stallguard-look";

  private static final @Nullable Method IS_VIRTUAL = method(Thread.class, "isVirtual");
  private static final @Nullable Method BUILDER = method(Thread.class, "ofVirtual");
  private static final @Nullable Method NAMED = builder("name", String.class);
  private static final @Nullable Method START = builder("start", Runnable.class);

  private VirtualThreads() {}

  private static @Nullable Method builder(String name, Class<?> parameter) {
    try {
      return method(Class.forName("java.lang.Thread$Builder"), name, parameter);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable Method method(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** Whether this thread is a virtual one. */
  static boolean isOne(Thread thread) {
    try {
      return IS_VIRTUAL != null && Boolean.TRUE.equals(IS_VIRTUAL.invoke(thread));
    } catch (IllegalAccessException | InvocationTargetException e) {
      // A preview that is not enabled: there are none.
      return false;
    }
  }

  /** Has a virtual thread run this, once it has a carrier. Does not wait. */
  static void start(Runnable task) throws Exception {
    if (BUILDER == null || NAMED == null || START == null) {
      throw new NoSuchMethodException("Thread.ofVirtual");
    }
    try {
      START.invoke(NAMED.invoke(BUILDER.invoke(null), NAME), task);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error) {
        throw (Error) e.getCause();
      }
      throw e;
    }
  }
}
