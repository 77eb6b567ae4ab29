package io.stallguard.probes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/** Callbacks of the JDK's HttpClient. */
final class JavaHttpCallbackProbe implements Probe {
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  @Override
  public void run(Job job, Received received) throws Exception {
    if (job.form().equals(Callback.RELEASE)) {
      Callback.release();
      return;
    }
    Callback callback = new Callback(job);
    callback.await(Deployment.call(() -> send(job, callback)));
  }

  private Future<?> send(Job job, Callback callback) {
    switch (Callback.use(job)) {
      case "own":
      case "pool":
      case "caller":
        return send(job, head -> BodySubscribers.fromSubscriber(new Failing<>(callback)));
      case "line":
        return send(job, BodyHandlers.fromLineSubscriber(new Failing<>(callback)));
      case "publisher":
        return client(job)
            .sendAsync(request(job), BodyHandlers.ofPublisher())
            .thenAccept(response -> response.body().subscribe(new Failing<>(callback)));
      case "dependent":
        return client(job)
            .sendAsync(request(job), BodyHandlers.ofString())
            .whenComplete((response, failure) -> callback.told(failure));
      default:
        throw job.unknownForm();
    }
  }

  private <T> Future<?> send(Job job, BodyHandler<T> handler) {
    return client(job).sendAsync(request(job), handler);
  }

  private HttpClient client(Job job) {
    String use = Callback.use(job);
    return clients.computeIfAbsent(use + job.http2(), key -> client(use, job.http2()));
  }

  private static HttpClient client(String use, boolean http2) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    if (use.equals("pool")) {
      client.executor(Executors.newFixedThreadPool(2));
    } else if (use.equals("caller")) {
      client.executor(Runnable::run);
    }
    return client.build();
  }

  private static HttpRequest request(Job job) {
    return HttpRequest.newBuilder(URI.create(job.url())).POST(BodyPublishers.ofString("{}")).build();
  }

  /** Takes all that comes, and expects a failure. */
  private static final class Failing<T> implements Flow.Subscriber<T> {
    private final Callback callback;

    Failing(Callback callback) {
      this.callback = callback;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {}

    @Override
    public void onError(Throwable failure) {
      callback.told(failure);
    }

    @Override
    public void onComplete() {
      callback.ended();
    }
  }
}
