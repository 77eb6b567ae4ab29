package io.stallguard.probes;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;

/** AsyncHttpClient 2.12 and 3. */
final class AsyncHttpClientProbe implements Probe {
  // Its own limits are as they are, 60 s: the types in which they are set have changed.

  private final AsyncHttpClient client = Dsl.asyncHttpClient();

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The handler is told of all that becomes of it.
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "parts":
        Parts parts = new Parts(received);
        client.executeRequest(request(job), parts);
        Futures.await(parts.done);
        break;
      case "tapped":
        Tapped tapped = new Tapped(received);
        client.executeRequest(request(job), tapped);
        Futures.await(tapped.done);
        break;
      case "completion":
        Completion completion = new Completion();
        client.executeRequest(request(job), completion);
        Futures.await(completion.done);
        received.add(completion.done.join().getResponseBody());
        break;
      case "future":
        received.add(client.executeRequest(request(job)).get().getResponseBody());
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static Request request(Job job) {
    RequestBuilder builder = new RequestBuilder(job.method()).setUrl(job.url());
    if (job.method().equals("POST")) {
      builder.setHeader("Content-Type", "application/json").setBody("{}");
    }
    return builder.build();
  }

  /** Takes the response when it is whole. */
  private static class Completion extends AsyncCompletionHandler<Response> {
    final CompletableFuture<Response> done = new CompletableFuture<>();

    @Override
    public Response onCompleted(Response response) {
      done.complete(response);
      return response;
    }

    @Override
    public void onThrowable(Throwable failure) {
      done.completeExceptionally(failure);
    }
  }

  /** Takes the response when it is whole, and looks at each part before that. */
  private static final class Tapped extends Completion {
    private final Received received;

    Tapped(Received received) {
      this.received = received;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) throws Exception {
      byte[] bytes = part.getBodyPartBytes();
      if (bytes.length > 0) {
        received.add(bytes, bytes.length);
      }
      return super.onBodyPartReceived(part);
    }
  }

  /** Takes parts on the event loop, which is held up while it is busy. */
  private static final class Parts implements AsyncHandler<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Received received;

    Parts(Received received) {
      this.received = received;
    }

    @Override
    public State onStatusReceived(HttpResponseStatus status) {
      received.head();
      return State.CONTINUE;
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) {
      return State.CONTINUE;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) {
      byte[] bytes = part.getBodyPartBytes();
      // An empty one is the end.
      if (bytes.length > 0) {
        received.add(bytes, bytes.length);
        received.pause();
      }
      return State.CONTINUE;
    }

    @Override
    public void onThrowable(Throwable failure) {
      done.completeExceptionally(failure);
      received.told();
    }

    @Override
    public Void onCompleted() {
      done.complete(null);
      return null;
    }
  }
}
