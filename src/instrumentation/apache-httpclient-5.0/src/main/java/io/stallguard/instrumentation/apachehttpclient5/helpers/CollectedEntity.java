package io.stallguard.instrumentation.apachehttpclient5.helpers;

import java.lang.reflect.Field;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** Finds what is guarded in an entity that HttpCore is about to read whole. */
final class CollectedEntity {
  // The client puts an entity of its own around each one. Between that and ours there may be one of
  // the app's, which may look at the pieces, so what it holds is looked at.

  private static final String HELD = "wrappedEntity";

  private static final String CLIENTS =
      "org.apache.hc.client5.http.impl.classic.ResponseEntityProxy";

  private CollectedEntity() {}

  /**
   * Notes that nothing of the body reaches the app before its end, unless it has been asked for
   * already.
   */
  static void note(Object entity) {
    Object guarded = CLIENTS.equals(entity.getClass().getName()) ? held(entity) : entity;
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
