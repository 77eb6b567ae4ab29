package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.callbacks.AppWorld;
import java.util.function.Function;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/**
 * Decorates the response consumer of each exchange, its request producer where heads are limited,
 * and the app's callback. Any thread.
 */
public final class GuardedHttpAsyncClient implements Function<Object[], Object> {
  private final Engine engine;

  /** The surroundings of each thread of the client's reactor. */
  private final ThreadLocal<AppWorld> worlds = ThreadLocal.withInitial(AppWorld::ofCaller);

  /** Made once for each copy of the client. */
  public GuardedHttpAsyncClient(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "callback":
        return new AppCallback<>((FutureCallback<?>) arguments[2]);
      case "request":
        return new WatchedRequest(
            (HttpAsyncRequestProducer) arguments[2], (BasicFuture<?>) arguments[3], engine, worlds);
      case "consumer":
        return new GuardedConsumer<>(
            (HttpAsyncResponseConsumer<?>) arguments[2],
            (HttpContext) arguments[0],
            (BasicFuture<?>) arguments[3],
            engine,
            worlds);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }
}
