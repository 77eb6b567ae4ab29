package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequests;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;

/**
 * A stream of the asynchronous Apache HttpClient 5 with one reactor thread, which something else
 * keeps busy from the head on: the form says what. Each job has a client of its own.
 */
final class BusyReactor5Probe implements Probe {
  private static final IOReactorConfig ONE = IOReactorConfig.custom().setIoThreadCount(1).build();
  private static final int SIBLINGS = 3;

  @Override
  public void run(Job job, Received received) throws Exception {
    CloseableHttpAsyncClient client = client(job);
    client.start();
    Runnable begun = () -> keepBusy(client, job);
    Futures.await(
        send(client, ApacheAsync5Probe.request(job), new ByteConsumer5(plain(received), begun)));
    if (!job.form().equals("steady")) {
      // One that still reads for others fails now and then when it is closed.
      client.close();
    }
  }

  /** The pause is the other one's. */
  private static Received plain(Received received) {
    received.isPauseDue();
    return received;
  }

  private static CloseableHttpAsyncClient client(Job job) {
    return job.http2()
        ? HttpAsyncClients.customHttp2().setIOReactorConfig(ONE).build()
        : HttpAsyncClients.custom()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
            .setIOReactorConfig(ONE)
            .setConnectionManager(ApacheAsync5Probe.pool().build())
            .build();
  }

  private static void keepBusy(CloseableHttpAsyncClient client, Job job) {
    Received other = new Received(job.pauseMillis());
    switch (job.form()) {
      case "callback":
        Future<?> unused =
            send(
                    client,
                    SimpleRequestProducer.create(SimpleHttpRequests.get(BusyTurn.unguarded(job))),
                    SimpleResponseConsumer.create())
                .thenRun(() -> BusyTurn.sleep(job));
        break;
      case "sibling":
        send(client, BusyTurn.sibling(job, "ok"), new ByteConsumer5(other));
        break;
      case "steady":
        send(client, BusyTurn.steady(job), new ByteConsumer5(BusyTurn.busyWithEach()));
        break;
      case "unread":
        for (int i = 0; i < SIBLINGS; i++) {
          Received unread = new Received(job.pauseMillis());
          send(
              client,
              BusyTurn.sibling(job, "slow-consumer;burst-bytes=300000"),
              new UnhurriedConsumer5(unread));
        }
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void send(
      CloseableHttpAsyncClient client, Job job, AsyncResponseConsumer<Boolean> consumer) {
    Future<?> unused = send(client, ApacheAsync5Probe.request(job), consumer);
  }

  private static <T> CompletableFuture<T> send(
      CloseableHttpAsyncClient client,
      AsyncRequestProducer request,
      AsyncResponseConsumer<T> consumer) {
    return ApacheAsync5Probe.send(client, request, () -> {}, consumer);
  }
}
