package io.stallguard.probes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;

/** A coroutine's job, and consumers that work for it. By name: the others run without Kotlin. */
final class Coroutine {
  private static final String SCOPE = "kotlinx.coroutines.CoroutineScope";
  private static final String JOB = "kotlinx.coroutines.Job";

  private final Object job;
  private final boolean hidden;

  /** That of a job: {@code hidden} has a scope that does not tell it. */
  static Coroutine of(Job job) throws ReflectiveOperationException {
    return new Coroutine(job.form().equals("hidden"));
  }

  private Coroutine(boolean hidden) throws ReflectiveOperationException {
    this.job =
        Class.forName("kotlinx.coroutines.JobKt")
            .getMethod("Job", Class.forName(JOB))
            .invoke(null, (Object) null);
    this.hidden = hidden;
  }

  /** Cancels it, and nothing else. */
  void cancel() throws ReflectiveOperationException {
    Class.forName(JOB).getMethod("cancel", CancellationException.class).invoke(job, (Object) null);
  }

  /** The consumer, which from now on shows itself as the scope of this coroutine too. */
  <T> T scope(Class<T> type, T consumer) {
    try {
      return type.cast(
          Proxy.newProxyInstance(
              Coroutine.class.getClassLoader(),
              new Class<?>[] {type, Class.forName(SCOPE)},
              (proxy, method, arguments) -> {
                if (method.getName().equals("getCoroutineContext")) {
                  // A job alone is a context of one element.
                  return hidden ? empty() : job;
                }
                try {
                  return method.invoke(consumer, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object empty() throws ReflectiveOperationException {
    return Class.forName("kotlin.coroutines.EmptyCoroutineContext").getField("INSTANCE").get(null);
  }
}
