package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.AppWorld;
import java.util.function.Function;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/** Decorates the response consumer of each exchange, and the app's callback. Any thread. */
public final class GuardedHttpAsyncClient implements Function<Object[], Object> {
  private final Engine engine;

  /** What runs on a thread of the client's reactor. */
  private final ThreadLocal<AppWorld> worlds = ThreadLocal.withInitial(AppWorld::ofCaller);

  /** Made once for each copy of the client. */
  public GuardedHttpAsyncClient(Engine engine) {
    this.engine = engine;
  }

  /** Where there are two arguments the last one is a callback. */
  @Override
  public Object apply(Object[] arguments) {
    if (arguments.length == 2) {
      return new AppCallback<>((FutureCallback<?>) arguments[1]);
    }
    return new GuardedConsumer<>(
        (HttpAsyncResponseConsumer<?>) arguments[2],
        (HttpContext) arguments[0],
        (BasicFuture<?>) arguments[1],
        engine,
        worlds);
  }
}
