package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stream of the JDK's HttpClient whose HTTP/2 connection is held up by the consumer of another
 * answer: the form says of what kind. It is a plain one, or one that goes on.
 */
final class SharedConnectionProbe implements Probe {
  // What has come before there is a subscriber is delivered by a thread of the client's executor;
  // only what comes later, by the thread that reads the connection, for all its streams.

  private static final int BUFFER_BYTES = 8192;

  /** An answer whose second half comes later. */
  private static final String IN_HALVES = "/json?half=true&delay-ms=500";

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    // Opens the one connection that the others share.
    client.send(request(job, "/json").GET().build(), BodyHandlers.discarding());
    HttpResponse<InputStream> response = client.send(post(job), BodyHandlers.ofInputStream());
    received.head();
    if (job.form().equals("steady")) {
      Received each = BusyTurn.busyWithEach();
      client.sendAsync(post(BusyTurn.steady(job)), BodyHandlers.ofByteArrayConsumer(x -> each.pause()));
    } else {
      client.sendAsync(request(job, IN_HALVES).GET().build(), sibling(job));
    }
    try (InputStream in = response.body()) {
      read(in, received);
    }
  }

  /** Without a pause: here the sibling has it. */
  private static void read(InputStream in, Received received) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      received.add(buffer, count);
    }
  }

  private static HttpRequest post(Job job) {
    return HttpRequest.newBuilder(URI.create(job.url()))
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
  }

  private static HttpRequest.Builder request(Job job, String path) {
    return HttpRequest.newBuilder(URI.create(job.url()).resolve(path));
  }

  private static BodyHandler<?> sibling(Job job) {
    Received busy = new Received(job.pauseMillis());
    switch (job.form()) {
      case "consumer":
        AtomicInteger pieces = new AtomicInteger();
        return BodyHandlers.ofByteArrayConsumer(bytes -> pauseAtSecond(pieces, busy));
      case "subscriber":
        return BodyHandlers.fromSubscriber(new Busy(busy, false));
      case "subscriber-at-end":
        return BodyHandlers.fromSubscriber(new Busy(busy, true));
      case "mapping":
        return head ->
            BodySubscribers.mapping(
                BodySubscribers.ofByteArray(),
                bytes -> {
                  busy.pause();
                  return bytes.length;
                });
      default:
        throw job.unknownForm();
    }
  }

  private static void pauseAtSecond(AtomicInteger pieces, Received busy) {
    if (pieces.incrementAndGet() > 1) {
      busy.pause();
    }
  }

  /** Is busy for long with the second piece that it gets, or with its end. */
  private static final class Busy implements Flow.Subscriber<List<ByteBuffer>> {
    private final Received received;
    private final boolean atEnd;
    private final AtomicInteger pieces = new AtomicInteger();

    Busy(Received received, boolean atEnd) {
      this.received = received;
      this.atEnd = atEnd;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      if (!atEnd) {
        pauseAtSecond(pieces, received);
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      if (atEnd) {
        received.pause();
      }
    }
  }
}
