package io.stallguard.probes;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The JDK's HttpClient. */
final class JavaHttpClientProbe implements Probe {
  private final HttpClient http1 = client(HttpClient.Version.HTTP_1_1);
  private final HttpClient http2 = client(HttpClient.Version.HTTP_2);

  private static HttpClient client(HttpClient.Version version) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(version);
    return (Narrows.pool() > 0 ? builder.executor(Narrows.newPool()) : builder).build();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "input-stream":
        readAll(send(job, BodyHandlers.ofInputStream()), received);
        break;
      case "async-input-stream":
        readAll(sendAsync(job, BodyHandlers.ofInputStream()).get(), received);
        break;
      case "mapped-input-stream":
        readAll(send(job, head -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), i -> i)), received);
        break;
      case "lines":
        lines(send(job, BodyHandlers.ofLines()), received);
        break;
      case "string":
        received.add(send(job, BodyHandlers.ofString()).body());
        break;
      case "async-string":
        received.add(sendAsync(job, BodyHandlers.ofString()).get().body());
        break;
      case "own-timeout":
        HttpRequest impatient = own(job).timeout(Duration.ofSeconds(1)).build();
        client(job).send(impatient, BodyHandlers.discarding());
        break;
      case "cancelled":
        CompletableFuture<?> unwanted = sendAsync(job, BodyHandlers.discarding());
        TimeUnit.SECONDS.sleep(1);
        unwanted.cancel(true);
        unwanted.get();
        break;
      case "line-subscriber":
        LineCollector lines = new LineCollector(received);
        send(job, BodyHandlers.fromLineSubscriber(lines));
        lines.done().get();
        break;
      case "publisher":
        BufferCollector late = new BufferCollector(received, 1);
        send(job, BodyHandlers.ofPublisher()).body().subscribe(late);
        late.done().get();
        break;
      case "own-subscriber":
        send(job, head -> BodySubscribers.fromSubscriber(new BufferCollector(received, 1)));
        break;
      case "greedy-subscriber":
        send(
            job,
            head -> BodySubscribers.fromSubscriber(new BufferCollector(received, Long.MAX_VALUE)));
        break;
      case "own-body-subscriber":
        send(job, head -> new OwnBodySubscriber(received));
        break;
      case "upload":
        client(job).send(upload(job), BodyHandlers.discarding());
        break;
      case "websocket":
        echo(job, received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void readAll(HttpResponse<InputStream> response, Received received)
      throws Exception {
    received.head();
    try (InputStream in = response.body()) {
      received.readAll(in);
    }
  }

  private static void lines(HttpResponse<Stream<String>> response, Received received) {
    received.head();
    try (Stream<String> lines = response.body()) {
      lines.forEach(
          line -> {
            received.add(line + "\n");
            received.pause();
          });
    }
  }

  private <T> HttpResponse<T> send(Job job, BodyHandler<T> handler) throws Exception {
    return client(job).send(request(job), handler);
  }

  private <T> CompletableFuture<HttpResponse<T>> sendAsync(Job job, BodyHandler<T> handler) {
    return client(job).sendAsync(request(job), handler);
  }

  private HttpClient client(Job job) {
    return job.http2() ? http2 : http1;
  }

  private static HttpRequest request(Job job) {
    return own(job).build();
  }

  private static HttpRequest.Builder own(Job job) {
    HttpRequest.BodyPublisher body =
        job.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString("{}");
    return HttpRequest.newBuilder(URI.create(job.url())).method(job.method(), body);
  }

  private static HttpRequest upload(Job job) {
    return HttpRequest.newBuilder(URI.create(job.url()))
        .POST(HttpRequest.BodyPublishers.ofInputStream(Endless::new))
        .build();
  }

  private void echo(Job job, Received received) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket =
        http1
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(job.url().replaceFirst("^http", "ws")),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket ws, CharSequence text, boolean last) {
                    answer.complete(text.toString());
                    return null;
                  }

                  @Override
                  public void onError(WebSocket ws, Throwable failure) {
                    answer.completeExceptionally(failure);
                  }
                })
            .get();
    socket.sendText("hello", true);
    received.add(answer.get());
    socket.abort();
  }
}
