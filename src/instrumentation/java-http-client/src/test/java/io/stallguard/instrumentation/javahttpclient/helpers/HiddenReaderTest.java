package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Lane;
import io.stallguard.core.StuckEngine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** An input stream behind a subscriber that gives it a subscription of its own. */
class HiddenReaderTest {
  private final StuckEngine engine = new StuckEngine("idle=1s,first-byte=1s");
  private final ClientLooks looks = ClientLooks.of(engine.engine(), getClass().getClassLoader());

  @Test
  void itsStreamDoesNotCountAsGuarded() {
    BodySubscriber<Void> guarded = guarded(head -> BodySubscribers.fromSubscriber(new Hiding()));

    guarded.onSubscribe(new Nothing());

    assertThat(engine.engine().coverage().guarded()).isEmpty();
  }

  @Test
  void allOthersCountOnceTheyAreSubscribed() {
    BodySubscriber<String> guarded = guarded(BodyHandlers.ofString());
    assertThat(engine.engine().coverage().guarded()).isEmpty();

    guarded.onSubscribe(new Nothing());

    assertThat(engine.engine().coverage().guarded()).containsEntry("java-http-client", 1L);
  }

  private <T> BodySubscriber<T> guarded(BodyHandler<T> handler) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost/v1/messages"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return new GuardedBodyHandler<>(handler, request, engine.engine(), Lane::new, null, looks)
        .apply(new Head());
  }

  private static final class Head implements ResponseInfo {
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
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  /** What the advice in the JDK's input stream does when it is given a foreign subscription. */
  private static final class Hiding implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      GuardedBodySubscriber.standBackFromHiddenReader();
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
