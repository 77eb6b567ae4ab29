package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.CoroutineJob;
import java.io.IOException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A consumer that works for a coroutine: says for which one when it takes a response head. */
final class CoroutineConsumer<T> extends PassingConsumer<T> {
  private final CoroutineJob coroutine;

  private CoroutineConsumer(AsyncResponseConsumer<T> consumer, CoroutineJob coroutine) {
    super(consumer);
    this.coroutine = coroutine;
  }

  /** Decorates a consumer; gives the consumer itself if it works for no coroutine. */
  static <T> AsyncResponseConsumer<T> around(AsyncResponseConsumer<T> consumer) {
    CoroutineJob coroutine = CoroutineJob.of(consumer);
    return coroutine == null ? consumer : new CoroutineConsumer<>(consumer, coroutine);
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<T> whenDone)
      throws HttpException, IOException {
    HandOver.toCoroutine(coroutine);
    super.consumeResponse(response, entity, context, whenDone);
  }
}
