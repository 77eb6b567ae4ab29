package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Which body a publisher of HttpCore brings, until somebody subscribes. Any thread. */
final class Publications {
  // A body knows its handler, and that its consumer and publisher: held weakly on both sides, or
  // nothing would ever be collected. The handler holds the body while there is an exchange.

  private static final Map<Object, WeakReference<GuardedBody>> BODIES =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final String PUBLISHER = "reactiveDataConsumer";

  private Publications() {}

  /**
   * The publisher of a consumer's body.
   *
   * @throws ReflectiveOperationException if HttpCore keeps it elsewhere
   */
  static Object publisher(Object consumer) throws ReflectiveOperationException {
    Field field = consumer.getClass().getDeclaredField(PUBLISHER);
    field.setAccessible(true);
    Object publisher = field.get(consumer);
    if (publisher == null) {
      throw new NoSuchFieldException("nothing in " + PUBLISHER);
    }
    return publisher;
  }

  static void add(Object publisher, GuardedBody body) {
    BODIES.put(publisher, new WeakReference<>(body));
  }

  /** The body that is published, to the first who asks. */
  static @Nullable GuardedBody take(Object publisher) {
    WeakReference<GuardedBody> body = BODIES.remove(publisher);
    return body == null ? null : body.get();
  }
}
