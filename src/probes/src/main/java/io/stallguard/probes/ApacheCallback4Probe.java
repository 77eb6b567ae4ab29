package io.stallguard.probes;

import java.net.URI;
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
import org.apache.http.nio.reactor.IOReactorException;
import org.jspecify.annotations.Nullable;

/** Callbacks of Apache HttpAsyncClient 4. */
final class ApacheCallback4Probe implements Probe {
  private @Nullable CloseableHttpAsyncClient client;

  @Override
  public void run(Job job, Received received) throws Exception {
    Callback callback = new Callback(job);
    Future<?> unused = Deployment.call(() -> send(job, received, callback));
    callback.await();
  }

  private Future<?> send(Job job, Received received, Callback callback) throws IOReactorException {
    HttpHost host = URIUtils.extractHost(URI.create(job.url()));
    return client()
        .execute(
            HttpAsyncMethods.create(host, ApacheAsync4Probe.request(job)),
            new ByteConsumer4(received),
            new Failing<>(callback));
  }

  /** Started by the app, which its threads inherit from. */
  private synchronized CloseableHttpAsyncClient client() throws IOReactorException {
    CloseableHttpAsyncClient made = client;
    if (made == null) {
      PoolingNHttpClientConnectionManager pool =
          new PoolingNHttpClientConnectionManager(
              new DefaultConnectingIOReactor(IOReactorConfig.custom().setIoThreadCount(1).build()));
      pool.setDefaultMaxPerRoute(1000);
      pool.setMaxTotal(1000);
      made = HttpAsyncClients.custom().setConnectionManager(pool).build();
      made.start();
      client = made;
    }
    return made;
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
