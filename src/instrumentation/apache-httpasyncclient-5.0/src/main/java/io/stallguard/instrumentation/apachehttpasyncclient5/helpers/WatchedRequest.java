package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.io.IOException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A request of a client that sends it as it is: shows which one that is, and what waits for it. */
final class WatchedRequest implements AsyncRequestProducer {
  // The request is produced before the client returns its future, maybe by another thread.

  private final AsyncRequestProducer producer;
  private @Nullable AwaitedFuture awaited;
  private @Nullable Object future;

  WatchedRequest(AsyncRequestProducer producer) {
    this.producer = producer;
  }

  @Override
  public void sendRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    producer.sendRequest(
        (request, entity, sent) -> {
          produced(AwaitedFuture.to(request));
          channel.sendRequest(request, entity, sent);
        },
        context);
  }

  private synchronized void produced(AwaitedFuture made) {
    awaited = made;
    tell();
  }

  /** Notes what the client has returned to the app. */
  synchronized void returned(Object waited) {
    future = waited;
    tell();
  }

  private void tell() {
    if (awaited != null && future != null) {
      awaited.isOf(future);
      future = null;
    }
  }

  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    producer.failed(cause);
  }

  @Override
  public int available() {
    return producer.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    producer.produce(channel);
  }

  @Override
  public void releaseResources() {
    producer.releaseResources();
  }
}
