import java.net.URI;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** A request by a client of the AWS SDK. */
final class AwsRequest {
  private AwsRequest() {}

  /** Sends it, waits for the end of the answer, and closes the client. */
  static void send(SdkAsyncHttpClient client, String url) {
    try (client) {
      client
          .execute(
              AsyncExecuteRequest.builder()
                  .request(
                      SdkHttpRequest.builder()
                          .method(SdkHttpMethod.GET)
                          .uri(URI.create(url))
                          .putHeader("Host", URI.create(url).getAuthority())
                          .build())
                  .requestContentPublisher(new Nothing())
                  .responseHandler(new Reading())
                  .build())
          .join();
    }
  }

  /** No body. */
  private static final class Nothing implements SdkHttpContentPublisher {
    @Override
    public java.util.Optional<Long> contentLength() {
      return java.util.Optional.of(0L);
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

  /** Takes what comes. */
  private static final class Reading
      implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
    @Override
    public void onHeaders(SdkHttpResponse headers) {}

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {}

    @Override
    public void onComplete() {}

    @Override
    public void onError(Throwable error) {}
  }
}
