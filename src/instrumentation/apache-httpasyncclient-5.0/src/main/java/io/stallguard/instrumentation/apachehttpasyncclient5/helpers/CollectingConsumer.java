package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Decorates a consumer of the client's own: says where it takes a head that it keeps the body. */
final class CollectingConsumer<T> extends PassingConsumer<T> {
  // Decorated where the app gives it to the client: a consumer of the app's own, which may look at
  // the pieces before it hands them to one of these, is never taken for one.

  private static final String ENTITY_CONSUMER = "dataConsumerRef";

  private final AsyncResponseConsumer<T> consumer;

  private CollectingConsumer(AsyncResponseConsumer<T> consumer) {
    super(consumer);
    this.consumer = consumer;
  }

  /** The consumer as the client is to have it. */
  static AsyncResponseConsumer<?> around(AsyncResponseConsumer<?> consumer) {
    Class<?> type = consumer.getClass();
    return type == SimpleResponseConsumer.class || type == BasicResponseConsumer.class
        ? new CollectingConsumer<>(consumer)
        : consumer;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<T> callback)
      throws HttpException, IOException {
    super.consumeResponse(response, entity, context, callback);
    if (entity != null && keepsAll()) {
      HandOver.toCollector();
    }
  }

  private boolean keepsAll() {
    if (consumer.getClass() == SimpleResponseConsumer.class) {
      return true;
    }
    Class<?> type = entityConsumer();
    return type == StringAsyncEntityConsumer.class || type == BasicAsyncEntityConsumer.class;
  }

  /**
   * The class of the consumer that keeps the body; null where HttpCore keeps that elsewhere, or is
   * in a module that is not open.
   */
  private @Nullable Class<?> entityConsumer() {
    try {
      Field field = BasicResponseConsumer.class.getDeclaredField(ENTITY_CONSUMER);
      field.setAccessible(true);
      Object taking = ((AtomicReference<?>) field.get(consumer)).get();
      return taking == null ? null : taking.getClass();
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The app is told that it may have got a part, as before.
      return null;
    }
  }
}
