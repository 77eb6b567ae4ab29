package io.stallguard.probes;

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

/** A consumer that is told of a failure as a callback is. */
final class ToldConsumer5<T> implements AsyncResponseConsumer<T> {
  private final AsyncResponseConsumer<T> consumer;
  private final Callback callback;

  ToldConsumer5(AsyncResponseConsumer<T> consumer, Callback callback) {
    this.consumer = consumer;
    this.callback = callback;
  }

  @Override
  public void failed(Exception failure) {
    consumer.failed(failure);
    callback.told(failure);
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<T> result)
      throws HttpException, IOException {
    consumer.consumeResponse(response, entity, context, result);
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
  public void releaseResources() {
    consumer.releaseResources();
  }
}
