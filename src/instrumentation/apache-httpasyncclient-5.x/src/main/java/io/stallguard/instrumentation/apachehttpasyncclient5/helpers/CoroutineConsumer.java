package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.CoroutineJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A consumer that works for a coroutine: says for which one when it takes a response head. */
final class CoroutineConsumer<T> implements AsyncResponseConsumer<T> {
  private final AsyncResponseConsumer<T> consumer;
  private final CoroutineJob coroutine;

  private CoroutineConsumer(AsyncResponseConsumer<T> consumer, CoroutineJob coroutine) {
    this.consumer = consumer;
    this.coroutine = coroutine;
  }

  /** The consumer itself if it works for none. */
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
    consumer.consumeResponse(response, entity, context, whenDone);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    consumer.informationResponse(response, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    consumer.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    consumer.consume(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    consumer.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    consumer.failed(cause);
  }

  @Override
  public void releaseResources() {
    consumer.releaseResources();
  }
}
