package io.stallguard.probes;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A consumer that is told of a failure as a callback is. */
final class ToldConsumer4<T> implements HttpAsyncResponseConsumer<T> {
  private final HttpAsyncResponseConsumer<T> consumer;
  private final Callback callback;

  ToldConsumer4(HttpAsyncResponseConsumer<T> consumer, Callback callback) {
    this.consumer = consumer;
    this.callback = callback;
  }

  @Override
  public void failed(Exception failure) {
    consumer.failed(failure);
    callback.told(failure);
  }

  @Override
  public void responseReceived(HttpResponse response) throws IOException, HttpException {
    consumer.responseReceived(response);
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    consumer.consumeContent(decoder, control);
  }

  @Override
  public void responseCompleted(HttpContext context) {
    consumer.responseCompleted(context);
  }

  @Override
  public @Nullable Exception getException() {
    return consumer.getException();
  }

  @Override
  public T getResult() {
    return consumer.getResult();
  }

  @Override
  public boolean isDone() {
    return consumer.isDone();
  }

  @Override
  public boolean cancel() {
    return consumer.cancel();
  }

  @Override
  public void close() throws IOException {
    consumer.close();
  }
}
