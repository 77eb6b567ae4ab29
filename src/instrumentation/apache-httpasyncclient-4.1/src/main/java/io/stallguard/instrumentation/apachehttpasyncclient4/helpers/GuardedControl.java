package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.http.nio.IOControl;
import org.jspecify.annotations.Nullable;

/** Sees when the consumer suspends its input, and when it wants it again. */
final class GuardedControl implements InvocationHandler {
  // A proxy of all that the client's control is: it is the connection itself, and consumers know
  // that. It is made once an exchange, and called when a consumer makes use of it.

  private final IOControl control;
  private final GuardedBody body;
  private final IOControl proxy;

  GuardedControl(IOControl control, GuardedBody body) {
    this.control = control;
    this.body = body;
    this.proxy =
        (IOControl)
            Proxy.newProxyInstance(
                GuardedControl.class.getClassLoader(), interfaces(control.getClass()), this);
  }

  private static Class<?>[] interfaces(Class<?> control) {
    Set<Class<?>> found = new LinkedHashSet<>();
    found.add(IOControl.class);
    for (Class<?> type = control; type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        if (isVisible(each)) {
          found.add(each);
        }
      }
    }
    return found.toArray(new Class<?>[0]);
  }

  private static boolean isVisible(Class<?> type) {
    try {
      return Modifier.isPublic(type.getModifiers())
          && Class.forName(type.getName(), false, GuardedControl.class.getClassLoader()) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  boolean isOf(IOControl other) {
    return control == other;
  }

  IOControl proxy() {
    return proxy;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("suspendInput")) {
      body.unwanted();
    } else if (method.getName().equals("requestInput")) {
      body.wanted();
    }
    try {
      return method.invoke(control, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() != null ? e.getCause() : e;
    }
  }
}
