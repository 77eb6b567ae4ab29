package io.stallguard.probes;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** Callbacks of the asynchronous clients of Apache HttpClient 5, {@code minimal} or whole. */
final class ApacheCallback5Probe implements Probe {
  private static final IOReactorConfig ONE_THREAD =
      IOReactorConfig.custom().setIoThreadCount(1).build();

  private final Map<String, CloseableHttpAsyncClient> clients = new HashMap<>();

  @Override
  public void run(Job job, Received received) throws Exception {
    if (job.form().equals(Callback.RELEASE)) {
      Callback.release();
      return;
    }
    Callback callback = new Callback(job);
    callback.await(Deployment.call(() -> send(job, received, callback)));
  }

  private Future<?> send(Job job, Received received, Callback callback) {
    AsyncResponseConsumer<Boolean> consumer = new ByteConsumer5(received);
    return client(job)
        .execute(
            ApacheAsync5Probe.request(job),
            callback.isOfConsumer() ? new ToldConsumer5<>(consumer, callback) : consumer,
            callback.isThere() ? new Failing<>(callback) : null);
  }

  private synchronized CloseableHttpAsyncClient client(Job job) {
    boolean whole = !Callback.use(job).equals("minimal");
    return clients.computeIfAbsent(
        job.http2() + Callback.client(job),
        key -> started(job.http2() ? http2(whole) : http1(whole)));
  }

  /** By the app, which its threads inherit from. */
  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }

  private static CloseableHttpAsyncClient http2(boolean whole) {
    return whole
        ? HttpAsyncClients.customHttp2().setIOReactorConfig(ONE_THREAD).build()
        : HttpAsyncClients.createHttp2Minimal(H2Config.DEFAULT, ONE_THREAD);
  }

  private static CloseableHttpAsyncClient http1(boolean whole) {
    PoolingAsyncClientConnectionManager pool = ApacheAsync5Probe.pool().build();
    return whole
        ? HttpAsyncClients.custom()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
            .setIOReactorConfig(ONE_THREAD)
            .setConnectionManager(pool)
            .build()
        : HttpAsyncClients.createMinimal(
            HttpVersionPolicy.FORCE_HTTP_1,
            H2Config.DEFAULT,
            Http1Config.DEFAULT,
            ONE_THREAD,
            pool);
  }

  /** Expects a failure. */
  private static final class Failing<T> implements FutureCallback<T> {
    private final Callback callback;

    Failing(Callback callback) {
      this.callback = callback;
    }

    @Override
    public void completed(T result) {
      callback.ended();
    }

    @Override
    public void failed(Exception failure) {
      callback.told(failure);
    }

    @Override
    public void cancelled() {
      callback.told(new IllegalStateException("cancelled"));
    }
  }
}
