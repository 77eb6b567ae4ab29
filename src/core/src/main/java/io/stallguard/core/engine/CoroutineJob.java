package io.stallguard.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The Kotlin coroutine for which the consumer of a body works, where it is a coroutine's. */
public final class CoroutineJob {
  // Who cancels a coroutine that reads a body does not cancel the exchange below it: Ktor's engines
  // on the JDK's client and on Apache's leave that open, with what they had asked for. Nobody waits
  // then. The consumer is a CoroutineScope, by which its Job is found once, on the client's thread;
  // all is looked up by name, and what is not there as expected tells nothing.

  private static final String SCOPE = "kotlinx.coroutines.CoroutineScope";

  private final MethodHandle isActive;

  private CoroutineJob(MethodHandle isActive) {
    this.isActive = isActive;
  }

  /** The coroutine of a consumer, null if it has none. */
  public static @Nullable CoroutineJob of(Object consumer) {
    Class<?> scope = scope(consumer.getClass());
    try {
      return scope == null ? null : find(consumer, scope);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
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

  private static @Nullable CoroutineJob find(Object consumer, Class<?> scope)
      throws ReflectiveOperationException {
    Object context = scope.getMethod("getCoroutineContext").invoke(consumer);
    ClassLoader kotlin = scope.getClassLoader();
    Class<?> job = Class.forName("kotlinx.coroutines.Job", true, kotlin);
    Object found =
        Class.forName("kotlin.coroutines.CoroutineContext", true, kotlin)
            .getMethod("get", Class.forName("kotlin.coroutines.CoroutineContext$Key", true, kotlin))
            .invoke(context, job.getField("Key").get(null));
    return found == null
        ? null
        : new CoroutineJob(
            MethodHandles.publicLookup()
                .findVirtual(job, "isActive", MethodType.methodType(boolean.class))
                .bindTo(found));
  }

  /** Whether it has ended or is being cancelled, so that nobody waits for what it asked for. */
  public boolean isOver() {
    try {
      return !(boolean) isActive.invokeExact();
    } catch (Throwable t) {
      // A Job of somebody else's making: its waiting is believed.
      return false;
    }
  }
}
