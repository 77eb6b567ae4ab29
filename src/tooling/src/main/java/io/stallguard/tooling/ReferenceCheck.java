package io.stallguard.tooling;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a client has each member that a module's helpers use, before they are used. */
final class ReferenceCheck {
  private static final String CONSTRUCTOR = "<init>";

  private ReferenceCheck() {}

  /**
   * Checks members given as {@code okhttp3/Call#cancel()V}.
   *
   * @throws StandBack naming the first that is missing
   */
  static void check(List<String> references, @Nullable ClassLoader loader) throws StandBack {
    for (String reference : references) {
      if (!exists(reference, loader)) {
        throw new StandBack("missing member " + reference);
      }
    }
  }

  private static boolean exists(String reference, @Nullable ClassLoader loader) {
    int hash = reference.indexOf('#');
    int parenthesis = reference.indexOf('(');
    String name = reference.substring(hash + 1, parenthesis);
    try {
      Class<?> type =
          Class.forName(reference.substring(0, hash).replace('/', '.'), false, loader);
      MethodType descriptor =
          MethodType.fromMethodDescriptorString(reference.substring(parenthesis), loader);
      return name.equals(CONSTRUCTOR)
          ? hasConstructor(type, descriptor)
          : hasMethod(type, name, descriptor);
    } catch (ClassNotFoundException | TypeNotPresentException | LinkageError e) {
      // A missing type is a missing member; which one, the caller says.
      return false;
    }
  }

  private static boolean hasConstructor(Class<?> type, MethodType descriptor) {
    for (Constructor<?> constructor : type.getConstructors()) {
      if (Arrays.equals(constructor.getParameterTypes(), descriptor.parameterArray())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMethod(Class<?> type, String name, MethodType descriptor) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && method.getReturnType() == descriptor.returnType()
          && Arrays.equals(method.getParameterTypes(), descriptor.parameterArray())) {
        return true;
      }
    }
    return false;
  }
}
