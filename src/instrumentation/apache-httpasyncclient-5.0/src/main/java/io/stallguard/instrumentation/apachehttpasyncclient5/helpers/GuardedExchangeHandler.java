package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection and the handler of one exchange: sees what is asked for and what
 * comes.
 */
final class GuardedExchangeHandler implements AsyncClientExchangeHandler {
  // Signals stay serial: the guard is AWAITING only while none is being delivered, so the abort's
  // cannot meet another one. What comes after the decision is dropped but for an end, which brings
  // what was decided if nobody else has. That includes the release of resources, which is dropped
  // too.

  private final AsyncClientExchangeHandler handler;
  private final Carrier carrier;
  private final Engine engine;

  /** The lane of the connection; null if that is the exchange's own. */
  private final @Nullable Lane lane;

  /** The wait for the head; null if it has no limit. */
  private final @Nullable AwaitedHead head;

  /** The body, if it is guarded. Written on the connection's thread. */
  private volatile @Nullable GuardedBody body;

  /**
   * What waits for this exchange; null if that is not known. Written on the connection's thread.
   */
  private volatile @Nullable AwaitedFuture awaited;

  GuardedExchangeHandler(
      AsyncClientExchangeHandler handler, Carrier carrier, Engine engine, @Nullable Lane lane) {
    this.handler = handler;
    this.carrier = carrier;
    this.engine = engine;
    this.lane = lane;
    this.head =
        engine.limitsHeads()
            ? new AwaitedHead(
                engine,
                ExchangeAbort.beforeHead(handler, carrier, () -> awaited, engine.callbacks()))
            : null;
  }

  @Override
  public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    if (head != null && !head.answered()) {
      head.broughtByClient(null);
      return;
    }
    GuardedBody opened = open(response, entity, context);
    if (opened == null) {
      handler.consumeResponse(response, entity, context);
    } else {
      body = opened;
      take(opened, response, entity, context);
    }
  }

  private void take(
      GuardedBody opened, HttpResponse response, EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    HandOver handOver = HandOver.begin(opened);
    try {
      handler.consumeResponse(response, entity, context);
    } finally {
      if (handOver.end()) {
        // Whether anybody waits at the other end of the consumer's buffer is not known here.
        body = null;
        opened.finished();
      } else {
        opened.begins();
      }
    }
  }

  private @Nullable GuardedBody open(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    if (entity == null) {
      return null;
    }
    try {
      ExchangeAbort abort =
          ExchangeAbort.ofBody(handler, carrier, () -> awaited, engine.callbacks());
      Guard guard =
          engine.open(Heads.exchange(carrier.protocol(), response, entity, context), abort, lane);
      return guard == null ? null : new GuardedBody(guard, abort);
    } catch (Throwable t) {
      // The exchange as it is, unguarded, is what the app asked for.
      engine.errors().record("head of apache-httpasyncclient-5", t);
      return null;
    }
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    GuardedBody guarded = body;
    if (guarded == null || guarded.isPassedOn()) {
      handler.consume(bytes);
    } else if (!guarded.isPublished()) {
      deliver(guarded, bytes);
    }
  }

  private void deliver(GuardedBody guarded, ByteBuffer bytes) throws IOException {
    try {
      if (guarded.delivering(bytes)) {
        handler.consume(bytes);
      }
    } finally {
      guarded.delivered();
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    GuardedBody guarded = body;
    if (guarded == null || guarded.isPassedOn()) {
      handler.updateCapacity(channel);
    } else if (!guarded.isPublished()) {
      renew(guarded, channel);
    }
  }

  private void renew(GuardedBody guarded, CapacityChannel channel) throws IOException {
    try {
      if (guarded.renewing()) {
        handler.updateCapacity(guarded.capacity(channel));
      }
    } finally {
      guarded.delivered();
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    GuardedBody guarded = body;
    if (guarded == null || (!guarded.isDecided() && guarded.passesEnd())) {
      handler.streamEnd(trailers);
      return;
    }
    Exception truncation = guarded.truncation();
    if (truncation != null) {
      KeptConnection.during(carrier.isShared(), () -> handler.failed(truncation));
    } else {
      guarded.broughtByClient(null);
    }
  }

  @Override
  public void failed(Exception cause) {
    GuardedBody guarded = body;
    if (head != null && !head.answered()) {
      head.broughtByClient(cause);
    } else if (guarded == null || isOpen(guarded)) {
      handler.failed(cause);
    } else {
      guarded.broughtByClient(cause);
    }
  }

  @Override
  public void releaseResources() {
    GuardedBody guarded = body;
    if ((head == null || (!head.isDecided() && head.answered()))
        && (guarded == null || isOpen(guarded))) {
      handler.releaseResources();
    }
  }

  /** Whether the end that comes now is the handler's to hear. */
  private static boolean isOpen(GuardedBody guarded) {
    return guarded.isReceived() || (!guarded.isDecided() && guarded.finished());
  }

  @Override
  public void cancel() {
    handler.cancel();
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    RequestChannel watched = head == null ? channel : head.watching(channel, lane);
    handler.produceRequest(
        (request, entity, sent) -> {
          awaited = AwaitedFuture.of(request);
          watched.sendRequest(request, entity, sent);
        },
        context);
  }

  @Override
  public int available() {
    return handler.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    handler.produce(head == null ? channel : head.watching(channel));
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    if (head == null) {
      handler.consumeInformation(response, context);
    } else if (head.informed()) {
      try {
        handler.consumeInformation(response, context);
      } finally {
        head.goOn();
      }
    }
  }
}
