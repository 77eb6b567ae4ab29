package io.stallguard.probes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JDK's client below Kotlin's coroutines, as Ktor uses it: the body subscriber is a scope, and
 * who cancels its job leaves the exchange as it is. Job {@code cancelled} does so once bytes came,
 * and sees whether anything comes of that within its pause.
 */
final class CoroutineProbe implements Probe {
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  @SuppressWarnings("unchecked") // The scope is what it stands for.
  public void run(Job job, Received received) throws Exception {
    Coroutine coroutine = Coroutine.of(job);
    Collected body = new Collected(received);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(job.url()))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    BodySubscriber<Void> scope = coroutine.scope(BodySubscriber.class, body);
    client.sendAsync(request, head -> scope);
    if (!job.form().equals("cancelled")) {
      await(body.over);
      return;
    }
    body.begun.get();
    coroutine.cancel();
    try {
      body.over.get(job.pauseMillis(), TimeUnit.MILLISECONDS);
      throw new IllegalStateException("ended");
    } catch (TimeoutException e) {
      // As it is to be: the server is silent, and nobody waits.
    }
  }

  private static void await(CompletableFuture<Void> over) throws Exception {
    try {
      over.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** Asks for all, and tells when it is over. */
  private static final class Collected implements BodySubscriber<Void> {
    final CompletableFuture<Void> begun = new CompletableFuture<>();
    final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Received received;

    Collected(Received received) {
      this.received = received;
    }

    @Override
    public CompletionStage<Void> getBody() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      item.forEach(received::add);
      begun.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
      over.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      over.complete(null);
    }
  }
}
