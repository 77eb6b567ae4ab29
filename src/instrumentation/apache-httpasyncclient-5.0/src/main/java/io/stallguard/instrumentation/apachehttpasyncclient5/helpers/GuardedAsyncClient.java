package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Lane;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** Answers the hooks of the asynchronous clients. Any thread. */
public final class GuardedAsyncClient implements Function<Object[], Object> {
  private final Engine engine;
  private final ConnectionChannel connections;

  /**
   * The lane of all connections of HTTP/2 of one thread of the client's reactor: each stays with
   * its thread for life, and a consumer that blocks keeps the servers of them all from sending.
   */
  private final ThreadLocal<Lane> lanes = ThreadLocal.withInitial(Lane::new);

  /**
   * Made once for each copy of the client.
   *
   * @throws ReflectiveOperationException if the client closes its connections in another way
   */
  public GuardedAsyncClient(Engine engine) throws ReflectiveOperationException {
    this.engine = engine;
    this.connections = new ConnectionChannel(getClass().getClassLoader());
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "exchange":
        return guarded(
            carrier(arguments[0], (HttpCoreContext) arguments[3]),
            (AsyncClientExchangeHandler) arguments[2]);
      case "output":
        ReactorThread.afterOutput((HttpConnection) arguments[0]);
        return null;
      case "reader":
        HandOver.toReader();
        return null;
      case "publisher":
        handOverToSubscriber(arguments[0]);
        return null;
      case "subscriber":
        return subscriber(arguments[0], arguments[2]);
      case "callback":
        return new AppCallback<>((FutureCallback<?>) arguments[2]);
      case "consumer":
        return CollectingConsumer.around(
            CoroutineConsumer.around((AsyncResponseConsumer<?>) arguments[2]));
      case "request":
        return new WatchedRequest((AsyncRequestProducer) arguments[2]);
      case "returned":
        returned(arguments[3], arguments[4]);
        return null;
      case "future":
        AwaitedFuture.to(arguments[3])
            .isOf(((AsyncExecChain.Scope) arguments[4]).cancellableDependency);
        return null;
      case "give up":
        return KeptConnection.answer((AsyncExecRuntime) arguments[0], false);
      case "discard":
        return KeptConnection.answer((AsyncExecRuntime) arguments[0], true);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private Object guarded(Carrier carrier, AsyncClientExchangeHandler handler) {
    if (!carrier.isShared()) {
      return new GuardedExchangeHandler(handler, carrier, engine, null);
    }
    Lane lane = lanes.get();
    return new GuardedExchangeHandler(
        new MarkedExchangeHandler(handler, engine.mark(lane)), carrier, engine, lane);
  }

  private void handOverToSubscriber(Object consumer) {
    try {
      HandOver.toSubscriberOf(Publications.publisher(consumer));
    } catch (ReflectiveOperationException e) {
      HandOver.toReader();
      engine.errors().record("publisher of apache-httpasyncclient-5", e);
    }
  }

  private static void returned(Object request, @Nullable Object future) {
    if (request instanceof WatchedRequest && future != null) {
      ((WatchedRequest) request).returned(future);
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object subscriber(Object publisher, @Nullable Object subscriber) {
    GuardedBody body = subscriber == null ? null : Publications.take(publisher);
    return subscriber == null || body == null
        ? subscriber
        : new GuardedSubscriber((Subscriber<? super ByteBuffer>) subscriber, body);
  }

  private Carrier carrier(Object channel, HttpCoreContext context) {
    // Asked for now: what is redirected or authenticated has the same context on its next one.
    EndpointDetails connection = context.getEndpointDetails();
    return channel instanceof Cancellable
        ? new StreamCarrier((Cancellable) channel, connection)
        : new ConnectionCarrier(connections, channel, connection);
  }
}
