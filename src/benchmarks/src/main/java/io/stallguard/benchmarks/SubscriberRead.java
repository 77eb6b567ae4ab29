package io.stallguard.benchmarks;

import io.stallguard.instrumentation.javahttpclient.helpers.GuardedHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Pieces of a body on their way to a subscriber of java.net.http: bare, and guarded. */
@State(Scope.Thread)
public class SubscriberRead {
  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("https://api.example.com/v1/messages")).build();
  private static final BodyHandler<Void> HANDLER =
      head -> BodyHandlers.fromSubscriber(new Consumer()).apply(head);

  private final List<ByteBuffer> piece =
      List.of(ByteBuffer.wrap(MemoryStream.event()).asReadOnlyBuffer());
  private final BodySubscriber<Void> bare = subscribed(HANDLER);
  private final BodySubscriber<Void> guarded = subscribed(guardedHandler());

  @SuppressWarnings("unchecked")
  private static BodyHandler<Void> guardedHandler() {
    try {
      Object[] sent = {HttpClient.newHttpClient(), "send", HANDLER, REQUEST};
      Object handler = new GuardedHttpClient(Streams.engine("")).apply(sent);
      return (BodyHandler<Void>) Objects.requireNonNull(handler);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("not the JDK's client", e);
    }
  }

  private static BodySubscriber<Void> subscribed(BodyHandler<Void> handler) {
    BodySubscriber<Void> subscriber = handler.apply(new Head());
    subscriber.onSubscribe(new Upstream());
    return subscriber;
  }

  @Benchmark
  public void bare() {
    bare.onNext(piece);
  }

  @Benchmark
  public void guarded() {
    guarded.onNext(piece);
  }

  /** Asks for the next when it has one. */
  private static final class Consumer implements Flow.Subscriber<List<ByteBuffer>> {
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
      subscription = upstream;
      upstream.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void onComplete() {
      throw new IllegalStateException("it has no end");
    }
  }

  /** The client, which has always more. */
  private static final class Upstream implements Flow.Subscription {
    private long asked;

    @Override
    public void request(long count) {
      asked += count;
    }

    @Override
    public void cancel() {
      throw new IllegalStateException("nobody cancels after " + asked);
    }
  }

  /** Of an answer that is guarded. */
  private record Head() implements ResponseInfo {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(
          Map.of("Content-Type", List.of(Streams.GUARDED_TYPE)), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
