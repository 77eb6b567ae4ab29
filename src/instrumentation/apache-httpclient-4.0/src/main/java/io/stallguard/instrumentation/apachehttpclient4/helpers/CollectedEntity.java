package io.stallguard.instrumentation.apachehttpclient4.helpers;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** Finds what is guarded in an entity that HttpCore is about to read whole. */
final class CollectedEntity {
  // The client puts an entity of its own around each one. Between that and ours there may be one of
  // the app's, which may look at the pieces, so what it holds is looked at.

  private static final String HELD = "wrappedEntity";

  private static final List<String> CLIENTS =
      Arrays.asList(
          "org.apache.http.conn.BasicManagedEntity",
          "org.apache.http.impl.execchain.ResponseEntityProxy",
          "org.apache.http.impl.execchain.ResponseEntityWrapper");

  private CollectedEntity() {}

  /**
   * Notes that nothing of the body reaches the app before its end, unless it has been asked for
   * already.
   */
  static void note(Object entity) {
    Object guarded = CLIENTS.contains(entity.getClass().getName()) ? held(entity) : entity;
    if (guarded instanceof GuardedEntity) {
      ((GuardedEntity) guarded).collected();
    }
  }

  private static @Nullable Object held(Object entity) {
    try {
      Field field = HttpEntityWrapper.class.getDeclaredField(HELD);
      field.setAccessible(true);
      return field.get(entity);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // In a module that is not open: the app may have got a part.
      return null;
    }
  }
}
