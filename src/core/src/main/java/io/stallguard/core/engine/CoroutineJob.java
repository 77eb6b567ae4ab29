package io.stallguard.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The Kotlin coroutine for which the consumer of a body works, where it is a coroutine's. Any
 * thread.
 */
public final class CoroutineJob {
  // Who cancels a coroutine that reads a body does not cancel the exchange below it: Ktor's engines
  // on the JDK's client and on Apache's leave that open, with what they had asked for. Nobody waits
  // then. The consumer is a CoroutineScope, or passes all on to one of its own, by which its Job is
  // found once, on the client's thread; all is looked up by name. Where a name is not there as
  // expected, whether anybody waits is not known.

  private static final String SCOPE = "kotlinx.coroutines.CoroutineScope";

  private static final ClassValue<@Nullable Scope> SCOPES = new Scopes();

  /** Asks the coroutine's Job whether it is active; null if the Job cannot be looked up. */
  private final @Nullable MethodHandle isActive;

  private CoroutineJob(@Nullable MethodHandle isActive) {
    this.isActive = isActive;
  }

  /** The coroutine of a consumer, null if it has none. */
  // The app's classes are on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  public static @Nullable CoroutineJob of(Object consumer) {
    return System.getSecurityManager() == null
        ? found(consumer)
        : AccessController.doPrivileged(
            (PrivilegedAction<@Nullable CoroutineJob>) () -> found(consumer));
  }

  private static @Nullable CoroutineJob found(Object consumer) {
    Scope scope = SCOPES.get(consumer.getClass());
    return scope == null ? null : new CoroutineJob(scope.isActive(consumer));
  }

  /** Whether nobody can tell if the coroutine waits for what it asked for. */
  public boolean isUnknown() {
    return isActive == null;
  }

  /**
   * Whether the coroutine has ended or is being cancelled, so that nobody waits for what it asked
   * for.
   */
  public boolean isOver() {
    MethodHandle asked = isActive;
    try {
      return asked != null && !(boolean) asked.invokeExact();
    } catch (Throwable t) {
      // A Job of somebody else's making: its waiting is believed.
      return false;
    }
  }

  /** Where consumers of a class have their scope. */
  private static final class Scope {
    private final Class<?> type;

    /** The field that has the scope; null if the consumer is the scope itself. */
    private final @Nullable Field holder;

    Scope(Class<?> type, @Nullable Field holder) {
      this.type = type;
      this.holder = holder;
    }

    @Nullable MethodHandle isActive(Object consumer) {
      try {
        return find(consumer);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return null;
      }
    }

    private @Nullable MethodHandle find(Object consumer) throws ReflectiveOperationException {
      Object context = type.getMethod("getCoroutineContext").invoke(scope(consumer));
      ClassLoader kotlin = type.getClassLoader();
      Class<?> job = Class.forName("kotlinx.coroutines.Job", true, kotlin);
      Class<?> key = Class.forName("kotlin.coroutines.CoroutineContext$Key", true, kotlin);
      Object found =
          Class.forName("kotlin.coroutines.CoroutineContext", true, kotlin)
              .getMethod("get", key)
              .invoke(context, job.getField("Key").get(null));
      return found == null
          ? null
          : MethodHandles.publicLookup()
              .findVirtual(job, "isActive", MethodType.methodType(boolean.class))
              .bindTo(found);
    }

    private Object scope(Object consumer) throws IllegalAccessException {
      if (holder == null) {
        return consumer;
      }
      holder.setAccessible(true);
      return holder.get(consumer);
    }
  }

  /** Looks for the scope, once a class. */
  private static final class Scopes extends ClassValue<@Nullable Scope> {
    @Override
    protected @Nullable Scope computeValue(Class<?> consumer) {
      Class<?> own = scope(consumer);
      return own == null ? held(consumer) : new Scope(own, null);
    }

    /**
     * The scope that a consumer holds. Of another package it may be a scope that has nothing to do
     * with this body.
     */
    private static @Nullable Scope held(Class<?> consumer) {
      for (Field field : consumer.getDeclaredFields()) {
        Class<?> held = field.getType();
        Class<?> scope = Modifier.isStatic(field.getModifiers()) ? null : scope(held);
        if (scope != null && packageOf(held).equals(packageOf(consumer))) {
          return new Scope(scope, field);
        }
      }
      return null;
    }

    private static String packageOf(Class<?> type) {
      return type.getName().substring(0, type.getName().lastIndexOf('.') + 1);
    }

    private static @Nullable Class<?> scope(Class<?> consumer) {
      for (Class<?> type = consumer; type != null; type = type.getSuperclass()) {
        for (Class<?> each : type.getInterfaces()) {
          if (each.getName().equals(SCOPE)) {
            return each;
          }
        }
      }
      return null;
    }
  }
}
