package io.stallguard.probes;

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

/**
 * A stream of the JDK's HttpClient whose HTTP/2 connection is held up by the consumer of another
 * answer, which is a plain one: the form says of what kind.
 */
final class SharedConnectionProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    // Opens the one connection that the others share.
    client.send(request(job, "/json").GET().build(), BodyHandlers.discarding());
    HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(job.url()));
    HttpResponse<InputStream> response =
        client.send(
            post.POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    received.head();
    client.sendAsync(request(job, "/json").GET().build(), sibling(job));
    try (InputStream in = response.body()) {
      received.readAll(in);
    }
  }

  private static HttpRequest.Builder request(Job job, String path) {
    return HttpRequest.newBuilder(URI.create(job.url()).resolve(path));
  }

  private static BodyHandler<?> sibling(Job job) {
    Received busy = new Received(job.pauseMillis());
    switch (job.form()) {
      case "consumer":
        return BodyHandlers.ofByteArrayConsumer(bytes -> busy.pause());
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

  /** Is busy for long with what it gets first, or with its end. */
  private static final class Busy implements Flow.Subscriber<List<ByteBuffer>> {
    private final Received received;
    private final boolean atEnd;

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
        received.pause();
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
