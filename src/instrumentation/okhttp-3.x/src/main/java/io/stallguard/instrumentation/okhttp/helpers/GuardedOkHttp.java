package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Engine;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Puts the interceptor into each client that is built. Any thread. */
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

  /** Makes the interceptor the last one: a builder made from a client has it already, elsewhere. */
  @Override
  public Object apply(Object[] arguments) {
    OkHttpClient.Builder builder = (OkHttpClient.Builder) arguments[0];
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
