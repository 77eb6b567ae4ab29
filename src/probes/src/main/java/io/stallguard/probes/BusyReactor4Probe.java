package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;

/** A client of Apache HttpAsyncClient 4 whose reactor another answer's consumer keeps busy. */
final class BusyReactor4Probe implements Probe {
  private static final IOReactorConfig ONE = IOReactorConfig.custom().setIoThreadCount(1).build();

  @Override
  public void run(Job job, Received received) throws Exception {
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom().setDefaultIOReactorConfig(ONE).build()) {
      client.start();
      Runnable begun = () -> keepBusy(client, job);
      Futures.await(
          send(client, ApacheAsync4Probe.request(job), new ByteConsumer4(plain(received), begun)));
    }
  }

  /** The pause is the other one's. */
  private static Received plain(Received received) {
    received.isPauseDue();
    return received;
  }

  private static void keepBusy(CloseableHttpAsyncClient client, Job job) {
    Received other = new Received(job.pauseMillis());
    Future<?> unused;
    switch (job.form()) {
      case "callback":
        unused =
            send(client, new HttpGet(BusyTurn.unguarded(job)), HttpAsyncMethods.createConsumer())
                .thenRun(() -> BusyTurn.sleep(job));
        break;
      case "sibling":
        unused =
            send(
                client,
                ApacheAsync4Probe.request(BusyTurn.sibling(job, "ok")),
                new ByteConsumer4(other));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static <T> CompletableFuture<T> send(
      CloseableHttpAsyncClient client,
      HttpUriRequest request,
      HttpAsyncResponseConsumer<T> consumer) {
    return ApacheAsync4Probe.send(client, request, () -> {}, consumer);
  }
}
