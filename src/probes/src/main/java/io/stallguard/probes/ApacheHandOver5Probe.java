package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http.nio.support.classic.AbstractClassicEntityConsumer;
import org.apache.hc.core5.reactive.ReactiveResponseConsumer;
import org.apache.hc.core5.util.Timeout;

/** Consumers of HttpCore 5 that hand a body over to a reader or subscriber. */
final class ApacheHandOver5Probe implements Probe {
  private static final int BUFFER_BYTES = 8192;

  private final CloseableHttpAsyncClient client =
      HttpAsyncClients.custom().setConnectionManager(ApacheAsync5Probe.pool().build()).build();
  private final ExecutorService readers = Executors.newCachedThreadPool();

  ApacheHandOver5Probe() {
    client.start();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "entity":
        send(job, new BasicResponseConsumer<>(new Reading(received, readers))).get();
        break;
      case "response":
        response(job, received);
        break;
      case "publisher":
        publisher(job, new OneAtATime5(received));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private <T> Future<T> send(Job job, AsyncResponseConsumer<T> consumer) {
    return client.execute(ApacheAsync5Probe.request(job), consumer, null);
  }

  private void publisher(Job job, OneAtATime5 subscriber)
      throws InterruptedException, ExecutionException {
    ReactiveResponseConsumer consumer = new ReactiveResponseConsumer();
    Future<Void> unused = send(job, consumer);
    consumer.getResponseFuture().get().getBody().subscribe(subscriber);
    subscriber.await();
  }

  /** Since 5.4 of HttpCore. */
  @SuppressWarnings("unchecked")
  private void response(Job job, Received received)
      throws ReflectiveOperationException, IOException {
    Class<?> type =
        Class.forName(
            "org.apache.hc.core5.http.nio.support.classic.ClassicToAsyncResponseConsumer");
    Object consumer = type.getConstructor(Timeout.class).newInstance((Timeout) null);
    Future<Void> unused = send(job, (AsyncResponseConsumer<Void>) consumer);
    ClassicHttpResponse response =
        (ClassicHttpResponse) type.getMethod("blockWaiting").invoke(consumer);
    try (InputStream in = response.getEntity().getContent()) {
      received.readAll(in);
    }
  }

  /** Reads on a thread of its own. */
  private static final class Reading extends AbstractClassicEntityConsumer<Boolean> {
    private final Received received;

    Reading(Received received, ExecutorService readers) {
      super(BUFFER_BYTES, readers);
      this.received = received;
    }

    @Override
    protected Boolean consumeData(ContentType type, InputStream in) throws IOException {
      received.readAll(in);
      return true;
    }
  }
}
