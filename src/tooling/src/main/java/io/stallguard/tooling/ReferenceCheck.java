package io.stallguard.tooling;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a client has each member that a module's helpers use, before they are used. */
final class ReferenceCheck {
  private static final String CONSTRUCTOR = "<init>";

  private ReferenceCheck() {}

  /**
   * Checks members given as {@code okhttp3/Call#cancel()V}, fields as {@code
   * okio/Buffer$UnsafeCursor#start:I}.
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
    try {
      Class<?> type = Class.forName(reference.substring(0, hash).replace('/', '.'), false, loader);
      int colon = reference.indexOf(':', hash);
      if (colon >= 0) {
        return hasField(
            type, reference.substring(hash + 1, colon), reference.substring(colon + 1), loader);
      }
      int parenthesis = reference.indexOf('(');
      String name = reference.substring(hash + 1, parenthesis);
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

  private static boolean hasField(
      Class<?> type, String name, String descriptor, @Nullable ClassLoader loader) {
    MethodType getter = MethodType.fromMethodDescriptorString("()" + descriptor, loader);
    for (Field candidate : type.getFields()) {
      if (candidate.getName().equals(name) && candidate.getType() == getter.returnType()) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasConstructor(Class<?> type, MethodType descriptor) {
    return hasConstructor(type.getConstructors(), descriptor)
        || hasConstructor(type.getDeclaredConstructors(), descriptor);
  }

  private static boolean hasConstructor(Constructor<?>[] candidates, MethodType descriptor) {
    for (Constructor<?> candidate : candidates) {
      if (isForHelpers(candidate)
          && Arrays.equals(candidate.getParameterTypes(), descriptor.parameterArray())) {
        return true;
      }
    }
    return false;
  }

  // Public members first: to list the others resolves the types of private ones too, and a client
  // may lack an optional dependency.
  private static boolean hasMethod(Class<?> type, String name, MethodType descriptor) {
    if (hasMethod(type.getMethods(), name, descriptor)) {
      return true;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (hasMethod(each.getDeclaredMethods(), name, descriptor)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMethod(Method[] candidates, String name, MethodType descriptor) {
    for (Method candidate : candidates) {
      if (isForHelpers(candidate)
          && candidate.getName().equals(name)
          && candidate.getReturnType() == descriptor.returnType()
          && Arrays.equals(candidate.getParameterTypes(), descriptor.parameterArray())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a helper may use a member: a decorator calls what is public, and extends what is
   * protected.
   */
  private static boolean isForHelpers(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }
}
