package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Lane;
import java.util.function.Function;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/** Answers the hooks of the asynchronous clients. Any thread. */
public final class GuardedAsyncClient implements Function<Object[], Object> {
  private final Engine engine;
  private final ConnectionChannel connections;

  /**
   * All connections of one thread of the client's reactor: each stays with its thread for life, and
   * a consumer that blocks holds them all up.
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

  /**
   * By the last argument an exchange begins; else the second one says what happens: a connection is
   * given up, or a consumer hands a body over.
   */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    Object last = arguments[arguments.length - 1];
    if (last != null) {
      return new GuardedExchangeHandler(
          (AsyncClientExchangeHandler) last, carrier(arguments[0]), engine, lanes);
    }
    if (arguments[1].equals("hand over")) {
      HandOver.note();
      return null;
    }
    return KeptConnection.answer((AsyncExecRuntime) arguments[0], arguments[1].equals("discard"));
  }

  private Carrier carrier(Object channel) {
    return channel instanceof Cancellable
        ? new StreamCarrier((Cancellable) channel)
        : new ConnectionCarrier(connections, channel);
  }
}
