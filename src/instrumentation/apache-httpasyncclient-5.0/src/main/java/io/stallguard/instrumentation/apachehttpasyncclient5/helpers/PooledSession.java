package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 as its client's pool has it, which its API does not tell. Any thread. */
final class PooledSession {
  // A client of HTTP/2 alone has one connection for each place, which all share: its pool gives it
  // to whoever asks as long as it is open. A shutdown, HttpCore's own word, leaves it open and has
  // what comes after it cancelled: an app's request would fail. So the pool is made to forget it
  // first, under its own lock; whoever asks next has another one made, and who was given it just
  // before has a stream on it. Only later it is shut down, and then ends with its last stream.
  //
  // All other clients lease a connection to one exchange, and close it themselves when that fails;
  // since 5.5 a pool may share those, too: they are left in use.

  private static final String RUNTIME = "InternalHttpAsyncExecRuntime";
  private static final String SHARING = "H2SharingConnPool";

  private PooledSession() {}

  /** Whether a connection that an exchange has is nobody else's. */
  static boolean isLeasedAlone(AsyncExecRuntime runtime) {
    if (!runtime.getClass().getSimpleName().equals(RUNTIME)) {
      return false;
    }
    try {
      Object pool = value(value(runtime, "manager"), "pool");
      return !pool.getClass().getSimpleName().equals(SHARING);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A pool of the app's own may do anything.
      return false;
    }
  }

  /** Has the pool give the connection to nobody any more; false if it is none that all share. */
  static boolean forget(AsyncExecRuntime runtime) {
    try {
      Object endpoint = ((AtomicReference<?>) value(runtime, "sessionRef")).get();
      IOSession session = (IOSession) value(endpoint, "session");
      for (Object entry : entries(value(runtime, "connPool")).values()) {
        forget(entry, session);
      }
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another client, or another version: it stays in use.
      return false;
    }
  }

  /** The entries of a pool, which old versions have at once, later ones within another object. */
  private static Map<?, ?> entries(Object pool) throws ReflectiveOperationException {
    Object sessions = value(pool, "sessionPool");
    return sessions instanceof Map
        ? (Map<?, ?>) sessions
        : (Map<?, ?>) value(sessions, "sessionPool");
  }

  /**
   * Has an entry forget its session, under the lock that an entry has of its own since 5.3 or so,
   * before as a monitor.
   */
  private static void forget(Object entry, IOSession session) throws ReflectiveOperationException {
    Field field = field(entry.getClass(), "lock");
    Object lock = field == null ? null : field.get(entry);
    if (lock instanceof Lock) {
      ((Lock) lock).lock();
      try {
        clear(entry, session);
      } finally {
        ((Lock) lock).unlock();
      }
    } else {
      synchronized (entry) {
        clear(entry, session);
      }
    }
  }

  private static void clear(Object entry, IOSession session) throws ReflectiveOperationException {
    Field held = field(entry.getClass(), "session");
    if (held != null && held.get(entry) == session) {
      held.set(entry, null);
    }
  }

  /** The value of a field; a field that is not there, or has nothing, is another version's. */
  static Object value(@Nullable Object of, String name) throws ReflectiveOperationException {
    Field field = of == null ? null : field(of.getClass(), name);
    Object value = field == null ? null : field.get(of);
    if (value == null) {
      throw new NoSuchFieldException((of == null ? "" : of.getClass().getName() + ".") + name);
    }
    return value;
  }

  /** The field of the class or of one above it. */
  static @Nullable Field field(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Field field = each.getDeclaredField(name);
        field.setAccessible(true);
        return field;
      } catch (NoSuchFieldException e) {
        // Then above it.
      }
    }
    return null;
  }
}
