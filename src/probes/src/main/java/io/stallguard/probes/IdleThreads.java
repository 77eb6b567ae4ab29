package io.stallguard.probes;

import java.lang.reflect.Field;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that OkHttp keeps for a minute after they had work. */
final class IdleThreads {
  private IdleThreads() {}

  /**
   * From now on none is kept, so that what OkHttp does later takes a new one, as after a minute.
   */
  static void end() throws ReflectiveOperationException {
    Object runner;
    try {
      runner =
          Class.forName("okhttp3.internal.concurrent.TaskRunner").getField("INSTANCE").get(null);
    } catch (ClassNotFoundException e) {
      // Before 4.0 each connection has threads of its own.
      return;
    }
    Object backend = value(runner, "backend");
    ((ThreadPoolExecutor) value(backend, "executor")).setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  private static Object value(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
