package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Engine;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Puts the interceptor into each client that is built, and hears of bodies. Any thread. */
public final class GuardedOkHttp implements Function<Object[], Object> {
  private final Engine engine;
  private final GuardInterceptor interceptor;
  private final HeadInterceptor head;

  /** Made once for each copy of OkHttp. */
  public GuardedOkHttp(Engine engine) {
    this.engine = engine;
    this.interceptor = new GuardInterceptor(engine);
    this.head = new HeadInterceptor(engine);
  }

  /** A client is about to be made with a builder, or a body of ours to be read whole. */
  @Override
  public Object apply(Object[] arguments) {
    if (arguments[0] instanceof GuardedResponseBody) {
      ((GuardedResponseBody) arguments[0]).collected();
      return arguments[0];
    }
    return guarded((OkHttpClient.Builder) arguments[0]);
  }

  /** Makes the interceptor the last one: a builder made from a client has it already, elsewhere. */
  private OkHttpClient.Builder guarded(OkHttpClient.Builder builder) {
    List<Interceptor> interceptors = builder.interceptors();
    interceptors.remove(interceptor);
    interceptors.add(interceptor);
    if (engine.limitsHeads()) {
      List<Interceptor> network = builder.networkInterceptors();
      network.remove(head);
      network.add(head);
    }
    return builder;
  }
}
