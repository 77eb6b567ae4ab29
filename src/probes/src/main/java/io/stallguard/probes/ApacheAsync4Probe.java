package io.stallguard.probes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.nio.reactor.IOReactorException;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4. */
final class ApacheAsync4Probe implements Probe, Pooled {
  private final PoolingNHttpClientConnectionManager pool = pool();
  private final PoolingNHttpClientConnectionManager minimalPool = pool();
  private final CloseableHttpAsyncClient client =
      started(HttpAsyncClients.custom().setConnectionManager(pool).build());
  private final CloseableHttpAsyncClient minimal =
      started(HttpAsyncClients.createMinimal(minimalPool));

  private static PoolingNHttpClientConnectionManager pool() {
    try {
      // A consumer that blocks holds up all connections of its thread, so some more of them.
      PoolingNHttpClientConnectionManager pool =
          new PoolingNHttpClientConnectionManager(
              new DefaultConnectingIOReactor(
                  IOReactorConfig.custom().setIoThreadCount(Narrows.reactors()).build()));
      pool.setDefaultMaxPerRoute(1000);
      pool.setMaxTotal(1000);
      return pool;
    } catch (IOReactorException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }

  @Override
  public int leased() {
    return pool.getTotalStats().getLeased() + minimalPool.getTotalStats().getLeased();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "bytes":
        await(send(client, request(job), received::told, new ByteConsumer4(received)));
        break;
      case "minimal-bytes":
        await(send(minimal, request(job), received::told, new ByteConsumer4(received)));
        break;
      case "chars":
        await(send(client, request(job), received::told, new CharConsumer4(received)));
        break;
      case "suspending":
        suspending(job, received);
        break;
      case "buffered":
        buffered(job, received);
        break;
      case "own-timeout":
        RequestConfig impatient = RequestConfig.custom().setSocketTimeout(1000).build();
        HttpUriRequest own = RequestBuilder.copy(request(job)).setConfig(impatient).build();
        await(send(client, own, received::told, new ByteConsumer4(received)));
        break;
      case "cancelled":
        Future<?> unwanted = client.execute(request(job), null);
        TimeUnit.SECONDS.sleep(1);
        unwanted.cancel(true);
        unwanted.get();
        break;
      case "whole":
        received.head();
        HttpResponse response = client.execute(request(job), null).get();
        received.add(ByteBuffer.wrap(EntityUtils.toByteArray(response.getEntity())));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private void suspending(Job job, Received received) throws Exception {
    SuspendingConsumer4 consumer = new SuspendingConsumer4(received);
    try {
      await(send(client, request(job), received::told, consumer));
    } catch (Exception e) {
      consumer.checkFailedWith(e);
      throw e;
    }
  }

  private void buffered(Job job, Received received) throws Exception {
    BufferedConsumer4 consumer = new BufferedConsumer4(received);
    CompletableFuture<Boolean> done = send(client, request(job), received::told, consumer);
    consumer.readAll();
    await(done);
  }

  /** Sends a request; what is to be done at once if it fails is done in the callback. */
  static <T> CompletableFuture<T> send(
      CloseableHttpAsyncClient client,
      HttpUriRequest request,
      Runnable failed,
      HttpAsyncResponseConsumer<T> consumer) {
    CompletableFuture<T> done = new CompletableFuture<>();
    HttpHost host = URIUtils.extractHost(request.getURI());
    Future<T> unused =
        client.execute(
            HttpAsyncMethods.create(host, request),
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

  private static void await(CompletableFuture<?> done) throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  static HttpUriRequest request(Job job) {
    RequestBuilder request = RequestBuilder.create(job.method()).setUri(job.url());
    if (job.method().equals("POST")) {
      request.setEntity(
          new StringEntity("{}", ContentType.create("application/json", StandardCharsets.UTF_8)));
    }
    return request.build();
  }
}
