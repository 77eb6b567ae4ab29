package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Lane;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/** A stream of events that no client brings: its head, and a subscription that does nothing. */
final class EventStream implements ResponseInfo, Flow.Subscription {
  /** What the client would hand this stream to: the app's subscriber, guarded. */
  static <T> BodySubscriber<T> guarded(BodyHandler<T> handler, Engine engine) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost/v1/messages"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    ClientLooks looks = ClientLooks.of(engine, EventStream.class.getClassLoader());
    return new GuardedBodyHandler<>(handler, request, engine, Lane::new, null, looks)
        .apply(new EventStream());
  }

  @Override
  public int statusCode() {
    return 200;
  }

  @Override
  public HttpHeaders headers() {
    Map<String, List<String>> headers = Map.of("Content-Type", List.of("text/event-stream"));
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }

  @Override
  public void request(long count) {}

  @Override
  public void cancel() {}
}
