package io.stallguard.probes;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** The Netty client of the Azure SDK. */
final class AzureNettyProbe implements Probe {
  /** The client, its own limit off, so that the agent's comes first. */
  private final HttpClient client =
      new NettyAsyncHttpClientBuilder().readTimeout(Duration.ZERO).build();

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "iterable":
        for (ByteBuffer bytes : body(job, received).toIterable(1)) {
          received.add(bytes);
          received.pause();
        }
        break;
      case "one-by-one":
        ByteBuffers subscriber = new ByteBuffers(received);
        body(job, received).subscribe(subscriber);
        Futures.await(subscriber.done());
        break;
      default:
        throw job.unknownForm();
    }
  }

  private Flux<ByteBuffer> body(Job job, Received received) {
    HttpRequest request = new HttpRequest(HttpMethod.valueOf(job.method()), job.url());
    if (job.method().equals("POST")) {
      request.setHeader("Content-Type", "application/json").setBody("{}");
    }
    return client
        .send(request)
        .flatMapMany(
            response -> {
              received.head();
              return response.getBody();
            });
  }
}
