package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;

/**
 * Apache HttpAsyncClient 4 below Kotlin's coroutines, as Ktor uses it: the consumer is a scope, and
 * who cancels its job leaves the exchange as it is. Jobs as those of {@code CoroutineProbe}.
 */
final class CoroutineApache4Probe implements Probe {
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

  CoroutineApache4Probe() {
    client.start();
  }

  @Override
  @SuppressWarnings("unchecked") // The scope is what it stands for.
  public void run(Job job, Received received) throws Exception {
    Coroutine coroutine = Coroutine.of(job);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    HttpAsyncResponseConsumer<Boolean> consumer =
        coroutine.scope(
            HttpAsyncResponseConsumer.class,
            new ByteConsumer4(received, () -> begun.complete(null)));
    CompletableFuture<Boolean> over =
        ApacheAsync4Probe.send(client, ApacheAsync4Probe.request(job), () -> {}, consumer);
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
