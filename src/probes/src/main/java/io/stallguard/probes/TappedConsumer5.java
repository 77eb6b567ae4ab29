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

/** An app's consumer that looks at each piece before one of the client's own collects it. */
final class TappedConsumer5<T> implements AsyncResponseConsumer<T> {
  private final AsyncResponseConsumer<T> collector;
  private final Received received;

  TappedConsumer5(AsyncResponseConsumer<T> collector, Received received) {
    this.collector = collector;
    this.received = received;
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<T> callback)
      throws HttpException, IOException {
    received.head();
    collector.consumeResponse(response, entity, context, callback);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    collector.informationResponse(response, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    collector.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    received.add(bytes.duplicate());
    collector.consume(bytes);
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
    collector.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    collector.failed(cause);
  }

  @Override
  public void releaseResources() {
    collector.releaseResources();
  }
}
