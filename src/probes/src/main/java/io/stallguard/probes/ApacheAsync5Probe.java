package io.stallguard.probes;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/** The asynchronous clients of Apache HttpClient 5. */
final class ApacheAsync5Probe implements Probe, Pooled {
  /** A consumer that blocks holds up all connections of its thread, so some more of them. */
  private static final IOReactorConfig REACTOR =
      IOReactorConfig.custom().setIoThreadCount(Narrows.reactors()).build();

  private final Queue<PoolingAsyncClientConnectionManager> pools = new ConcurrentLinkedQueue<>();
  private final CloseableHttpAsyncClient http1 = started(pooled(HttpVersionPolicy.FORCE_HTTP_1));
  private final CloseableHttpAsyncClient negotiating = started(pooled(HttpVersionPolicy.NEGOTIATE));

  /** Since 5.5: connections of HTTP/2 are shared in the pool. */
  private @Nullable CloseableHttpAsyncClient sharing;

  /** All exchanges with one place share a connection. */
  private final CloseableHttpAsyncClient multiplexing =
      started(HttpAsyncClients.customHttp2().setIOReactorConfig(REACTOR).build());

  private CloseableHttpAsyncClient pooled(HttpVersionPolicy policy) {
    return pooled(policy, pool());
  }

  private CloseableHttpAsyncClient pooled(
      HttpVersionPolicy policy, PoolingAsyncClientConnectionManagerBuilder pool) {
    PoolingAsyncClientConnectionManager built = pool.build();
    pools.add(built);
    return HttpAsyncClients.custom()
        .setVersionPolicy(policy)
        .setIOReactorConfig(REACTOR)
        .setConnectionManager(built)
        .build();
  }

  static PoolingAsyncClientConnectionManagerBuilder pool() {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(1000)
        .setMaxConnTotal(1000);
  }

  private synchronized CloseableHttpAsyncClient sharing() throws ReflectiveOperationException {
    CloseableHttpAsyncClient made = sharing;
    if (made == null) {
      PoolingAsyncClientConnectionManagerBuilder pool = pool();
      pool.getClass().getMethod("setMessageMultiplexing", boolean.class).invoke(pool, true);
      made = started(pooled(HttpVersionPolicy.NEGOTIATE, pool));
      sharing = made;
    }
    return made;
  }

  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }

  @Override
  public int leased() {
    return pools.stream().mapToInt(pool -> pool.getTotalStats().getLeased()).sum();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    CloseableHttpAsyncClient client = job.http2() ? multiplexing : http1;
    switch (job.form()) {
      case "bytes":
        await(send(client, request(job), received::told, new ByteConsumer5(received)));
        break;
      case "negotiated-bytes":
        await(send(negotiating, request(job), received::told, new ByteConsumer5(received)));
        break;
      case "sharing-bytes":
        await(send(sharing(), request(job), received::told, new ByteConsumer5(received)));
        break;
      case "upload":
        await(send(client, upload(job), received::told, new ByteConsumer5(received)));
        break;
      case "chars":
        await(send(client, request(job), received::told, new CharConsumer5(received)));
        break;
      case "tapped":
        TappedConsumer5<?> tapped =
            new TappedConsumer5<>(SimpleResponseConsumer.create(), received);
        await(send(client, request(job), received::told, tapped));
        break;
      case "text":
        received.head();
        received.add(text(client, job));
        break;
      case "unhurried":
        unhurried(client, job, received);
        break;
      case "whole":
        received.head();
        received.add(ByteBuffer.wrap(whole(client, job).get().getBodyBytes()));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void unhurried(CloseableHttpAsyncClient client, Job job, Received received)
      throws Exception {
    UnhurriedConsumer5 consumer = new UnhurriedConsumer5(received);
    try {
      await(send(client, request(job), received::told, consumer));
    } catch (Exception e) {
      consumer.checkFailedWith(e);
      throw e;
    }
  }

  private static Future<SimpleHttpResponse> whole(CloseableHttpAsyncClient client, Job job) {
    return client.execute(request(job), SimpleResponseConsumer.create(), null);
  }

  private static String text(CloseableHttpAsyncClient client, Job job) throws Exception {
    BasicResponseConsumer<String> consumer =
        new BasicResponseConsumer<>(new StringAsyncEntityConsumer());
    return await(send(client, request(job), () -> {}, consumer)).getBody();
  }

  /** Sends a request; what is to be done at once if it fails is done in the callback. */
  static <T> CompletableFuture<T> send(
      CloseableHttpAsyncClient client,
      AsyncRequestProducer request,
      Runnable failed,
      AsyncResponseConsumer<T> consumer) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Future<T> unused =
        client.execute(
            request,
            consumer,
            new FutureCallback<T>() {
              @Override
              public void completed(T result) {
                done.complete(result);
              }

              @Override
              public void failed(Exception failure) {
                done.completeExceptionally(failure);
                failed.run();
              }

              @Override
              public void cancelled() {
                done.cancel(false);
              }
            });
    return done;
  }

  private static <T> T await(CompletableFuture<T> done) throws Exception {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  static AsyncRequestProducer request(Job job) {
    AsyncRequestBuilder request = AsyncRequestBuilder.create(job.method()).setUri(job.url());
    if (job.method().equals("POST")) {
      request.setEntity("{}", ContentType.APPLICATION_JSON);
    }
    return request.build();
  }

  private static AsyncRequestProducer upload(Job job) {
    return AsyncRequestBuilder.post(job.url()).setEntity(new EndlessEntity5()).build();
  }
}
