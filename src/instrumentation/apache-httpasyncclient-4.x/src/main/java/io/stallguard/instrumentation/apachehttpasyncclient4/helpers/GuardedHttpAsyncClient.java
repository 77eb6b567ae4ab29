package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.AppWorld;
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
  private static final int OF_A_CALLBACK = 2;
  private static final int OF_A_REQUEST = 4;

  private final Engine engine;

  /** What runs on a thread of the client's reactor. */
  private final ThreadLocal<AppWorld> worlds = ThreadLocal.withInitial(AppWorld::ofCaller);

  /** Made once for each copy of the client. */
  public GuardedHttpAsyncClient(Engine engine) {
    this.engine = engine;
  }

  /** By the number of arguments: a callback, a request producer, a response consumer. */
  @Override
  public Object apply(Object[] arguments) {
    switch (arguments.length) {
      case OF_A_CALLBACK:
        return new AppCallback<>((FutureCallback<?>) arguments[1]);
      case OF_A_REQUEST:
        return new WatchedRequest(
            (HttpAsyncRequestProducer) arguments[arguments.length - 1],
            (BasicFuture<?>) arguments[1],
            engine,
            worlds);
      default:
        return new GuardedConsumer<>(
            (HttpAsyncResponseConsumer<?>) arguments[2],
            (HttpContext) arguments[0],
            (BasicFuture<?>) arguments[1],
            engine,
            worlds);
    }
  }
}
