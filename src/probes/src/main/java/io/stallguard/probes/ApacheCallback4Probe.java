package io.stallguard.probes;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.http.HttpHost;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.nio.reactor.ConnectingIOReactor;
import org.apache.http.nio.reactor.IOReactorException;

/** Callbacks of Apache HttpAsyncClient 4, {@code minimal} or whole. */
final class ApacheCallback4Probe implements Probe {
  private final Map<String, CloseableHttpAsyncClient> clients = new HashMap<>();

  @Override
  public void run(Job job, Received received) throws Exception {
    Callback callback = new Callback(job);
    callback.await(Deployment.call(() -> send(job, received, callback)));
  }

  private Future<?> send(Job job, Received received, Callback callback) {
    HttpHost host = URIUtils.extractHost(URI.create(job.url()));
    HttpAsyncResponseConsumer<Boolean> consumer = new ByteConsumer4(received);
    return client(job)
        .execute(
            HttpAsyncMethods.create(host, ApacheAsync4Probe.request(job)),
            callback.isOfConsumer() ? new ToldConsumer4<>(consumer, callback) : consumer,
            callback.isThere() ? new Failing<>(callback) : null);
  }

  private synchronized CloseableHttpAsyncClient client(Job job) {
    boolean whole = !Callback.use(job).equals("minimal");
    return clients.computeIfAbsent(Callback.client(job), key -> made(whole));
  }

  /** Started by the app, which its threads inherit from. */
  private static CloseableHttpAsyncClient made(boolean whole) {
    PoolingNHttpClientConnectionManager pool = new PoolingNHttpClientConnectionManager(reactor());
    pool.setDefaultMaxPerRoute(1000);
    pool.setMaxTotal(1000);
    CloseableHttpAsyncClient made =
        whole
            ? HttpAsyncClients.custom().setConnectionManager(pool).build()
            : HttpAsyncClients.createMinimal(pool);
    made.start();
    return made;
  }

  private static ConnectingIOReactor reactor() {
    try {
      return new DefaultConnectingIOReactor(IOReactorConfig.custom().setIoThreadCount(1).build());
    } catch (IOReactorException e) {
      throw new IllegalStateException(e);
    }
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
