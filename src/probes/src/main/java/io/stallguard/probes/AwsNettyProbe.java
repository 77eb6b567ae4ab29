package io.stallguard.probes;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/**
 * The Netty client of the AWS SDK 2, as its async service clients use it. With the form {@code
 * starved} its app has no memory when it is told of a failure for the first time.
 */
final class AwsNettyProbe implements Probe {
  private static final int MANY = 1000;

  private final SdkAsyncHttpClient http1 = client(Protocol.HTTP1_1);
  private final SdkAsyncHttpClient http2 = client(Protocol.HTTP2);

  /** A client whose own limits are longer than the agent's, or off. */
  private static SdkAsyncHttpClient client(Protocol protocol) {
    return NettyNioAsyncHttpClient.builder()
        .protocol(protocol)
        .maxConcurrency(MANY)
        .readTimeout(Duration.ofMinutes(5))
        .connectionAcquisitionTimeout(Duration.ofMinutes(1))
        .http2Configuration(http2 -> http2.healthCheckPingPeriod(Duration.ZERO))
        .build();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    ByteBuffers body = body(job, received);
    CompletableFuture<Void> sent =
        (job.http2() ? http2 : http1).execute(request(job, received, body));
    Futures.await(body.done());
    Futures.await(sent);
  }

  private static ByteBuffers body(Job job, Received received) {
    switch (job.form()) {
      case "one-by-one":
        return new ByteBuffers(received);
      case "starved":
        return new Starved(received);
      default:
        throw job.unknownForm();
    }
  }

  private static AsyncExecuteRequest request(Job job, Received received, ByteBuffers body) {
    String content = job.method().equals("POST") ? "{}" : "";
    return AsyncExecuteRequest.builder()
        .request(
            SdkHttpRequest.builder()
                .uri(URI.create(job.url()))
                .method(SdkHttpMethod.fromValue(job.method()))
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(content.length()))
                .putHeader("Host", URI.create(job.url()).getAuthority())
                .build())
        .requestContentPublisher(new Content(content))
        .responseHandler(new Handler(received, body))
        .build();
  }

  /** Finds no memory the first time. */
  private static final class Starved extends ByteBuffers {
    private boolean begun;

    Starved(Received received) {
      super(received);
    }

    @Override
    public void onError(Throwable failure) {
      if (!begun) {
        begun = true;
        throw new OutOfMemoryError("made by the app");
      }
      super.onError(failure);
    }
  }

  /** Hands the body on. */
  private static final class Handler implements SdkAsyncHttpResponseHandler {
    private final Received received;
    private final ByteBuffers body;

    Handler(Received received, ByteBuffers body) {
      this.received = received;
      this.body = body;
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      received.head();
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(body);
    }

    @Override
    public void onError(Throwable error) {
      body.onError(error);
    }
  }

  /** A request body in one piece. */
  private static final class Content implements SdkHttpContentPublisher {
    private final byte[] bytes;

    Content(String text) {
      this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Long> contentLength() {
      return Optional.of((long) bytes.length);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            private boolean done;

            @Override
            public void request(long count) {
              if (!done) {
                done = true;
                subscriber.onNext(ByteBuffer.wrap(bytes));
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              done = true;
            }
          });
    }
  }
}
