package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/**
 * Apache's asynchronous client 5 below Kotlin's coroutines, as Ktor uses it. Jobs as those of
 * {@code CoroutineProbe}.
 */
final class CoroutineApache5Probe implements Probe {
  private final CloseableHttpAsyncClient http1 = HttpAsyncClients.createDefault();
  private final CloseableHttpAsyncClient http2 = HttpAsyncClients.createHttp2Default();

  CoroutineApache5Probe() {
    http1.start();
    http2.start();
  }

  @Override
  @SuppressWarnings("unchecked") // The scope is what it stands for.
  public void run(Job job, Received received) throws Exception {
    Coroutine coroutine = Coroutine.of(job);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    AsyncResponseConsumer<Boolean> consumer =
        coroutine.scope(
            AsyncResponseConsumer.class, new ByteConsumer5(received, () -> begun.complete(null)));
    CompletableFuture<Boolean> over =
        ApacheAsync5Probe.send(
            job.http2() ? http2 : http1, ApacheAsync5Probe.request(job), () -> {}, consumer);
    if (!job.form().equals("cancelled")) {
      await(over);
      return;
    }
    begun.get();
    coroutine.cancel();
    try {
      over.get(job.pauseMillis(), TimeUnit.MILLISECONDS);
      throw new IllegalStateException("ended");
    } catch (TimeoutException e) {
      // As it is to be: the server is silent, and nobody waits.
    }
  }

  private static void await(CompletableFuture<Boolean> over) throws Exception {
    try {
      over.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
