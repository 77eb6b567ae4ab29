package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.nio.pool.H2ConnPool;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** A client of HTTP/2 alone, whose exchanges with one place share a connection. */
class PooledSessionTest {
  private static final String RUNTIME =
      "org.apache.hc.client5.http.impl.async.InternalH2AsyncExecRuntime";

  private final List<IOSession> connected = new ArrayList<>();

  /** What a reactor does later. */
  private final List<Runnable> made = new ArrayList<>();

  private final ConnectionInitiator network = this::connect;
  private final H2ConnPool pool = new H2ConnPool(network, host -> null, null);

  @Test
  void whoAsksAfterItWasForgottenGetsAnotherOne() throws Exception {
    AsyncExecRuntime released = leased();
    leased();
    assertThat(connected).as("shared").hasSize(1);

    assertThat(PooledSession.forget(released)).isTrue();
    leased();
    leased();

    assertThat(connected).hasSize(2);
  }

  @Test
  void theConnectionOfSomebodyWhoWasReleasedLaterStaysWithThePool() throws Exception {
    AsyncExecRuntime first = leased();
    AsyncExecRuntime second = leased();
    PooledSession.forget(first);
    leased();

    PooledSession.forget(second);
    leased();

    assertThat(connected).hasSize(2);
  }

  @Test
  void aConnectionThatAllShareIsLeasedToNobodyAlone() throws Exception {
    assertThat(PooledSession.isLeasedAlone(leased())).isFalse();
  }

  private AsyncExecRuntime leased() throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(RUNTIME).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    AsyncExecRuntime runtime =
        (AsyncExecRuntime) constructor.newInstance(NOPLogger.NOP_LOGGER, pool, null);
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(RequestConfig.DEFAULT);
    runtime.acquireEndpoint(
        "1", new HttpRoute(new HttpHost("localhost", 80)), null, context, new Ignored<>());
    made.forEach(Runnable::run);
    made.clear();
    return runtime;
  }

  private Future<IOSession> connect(
      Object endpoint,
      Object remote,
      Object local,
      Object timeout,
      Object attachment,
      FutureCallback<IOSession> callback) {
    IOSession session =
        (IOSession)
            Proxy.newProxyInstance(
                PooledSessionTest.class.getClassLoader(),
                new Class<?>[] {IOSession.class},
                (proxy, method, arguments) -> method.getName().equals("isOpen") ? true : null);
    connected.add(session);
    made.add(() -> callback.completed(session));
    return new CompletableFuture<>();
  }

  private static final class Ignored<T> implements FutureCallback<T> {
    @Override
    public void completed(T result) {}

    @Override
    public void failed(Exception failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void cancelled() {}
  }
}
