package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

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

/**
 * Decorates a consumer and passes all on; whoever extends this has something to say of the head.
 */
class PassingConsumer<T> implements AsyncResponseConsumer<T> {
  private final AsyncResponseConsumer<T> consumer;

  PassingConsumer(AsyncResponseConsumer<T> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<T> whenDone)
      throws HttpException, IOException {
    consumer.consumeResponse(response, entity, context, whenDone);
  }

  @Override
  public final void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    consumer.informationResponse(response, context);
  }

  @Override
  public final void updateCapacity(CapacityChannel channel) throws IOException {
    consumer.updateCapacity(channel);
  }

  @Override
  public final void consume(ByteBuffer bytes) throws IOException {
    consumer.consume(bytes);
  }

  @Override
  public final void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    consumer.streamEnd(trailers);
  }

  @Override
  public final void failed(Exception cause) {
    consumer.failed(cause);
  }

  @Override
  public final void releaseResources() {
    consumer.releaseResources();
  }
}
