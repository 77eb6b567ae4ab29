package io.stallguard.probes;

import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/** Callbacks of the asynchronous clients of Apache HttpClient 5. */
final class ApacheCallback5Probe implements Probe {
  private static final IOReactorConfig ONE_THREAD =
      IOReactorConfig.custom().setIoThreadCount(1).build();

  private @Nullable CloseableHttpAsyncClient http1;
  private @Nullable CloseableHttpAsyncClient http2;

  @Override
  public void run(Job job, Received received) throws Exception {
    Callback callback = new Callback(job);
    Future<?> unused = Deployment.call(() -> send(job, received, callback));
    callback.await();
  }

  private Future<?> send(Job job, Received received, Callback callback) {
    return client(job)
        .execute(
            ApacheAsync5Probe.request(job), new ByteConsumer5(received), new Failing<>(callback));
  }

  /** Started by the app, which its threads inherit from. */
  private synchronized CloseableHttpAsyncClient client(Job job) {
    CloseableHttpAsyncClient made = job.http2() ? http2 : http1;
    if (made != null) {
      return made;
    }
    made =
        job.http2()
            ? HttpAsyncClients.customHttp2().setIOReactorConfig(ONE_THREAD).build()
            : HttpAsyncClients.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                .setIOReactorConfig(ONE_THREAD)
                .setConnectionManager(ApacheAsync5Probe.pool().build())
                .build();
    made.start();
    if (job.http2()) {
      http2 = made;
    } else {
      http1 = made;
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
