package io.stallguard.probes;

import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.http.client.StreamingHttpClient;
import java.net.URI;
import java.net.URL;
import reactor.core.publisher.Flux;

/** Micronaut's client 3 to 5. */
final class MicronautProbe implements Probe {
  /** For whole URLs. Its own limit on a silence is 10 s, longer than the agent's. */
  private final StreamingHttpClient client = client();

  private static StreamingHttpClient client() {
    HttpClientConfiguration pooling = new DefaultHttpClientConfiguration();
    pooling.getConnectionPoolConfiguration().setEnabled(true);
    return StreamingHttpClient.create((URL) null, pooling);
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "iterable":
        for (byte[] bytes : bytes(job).toIterable(1)) {
          received.add(bytes, bytes.length);
          received.pause();
        }
        break;
      case "one-by-one":
        ByteArrays subscriber = new ByteArrays(received);
        bytes(job).subscribe(subscriber);
        Futures.await(subscriber.done());
        break;
      default:
        throw job.unknownForm();
    }
  }

  private Flux<byte[]> bytes(Job job) {
    return Flux.from(client.dataStream(request(job))).map(ByteBuffer::toByteArray);
  }

  private static HttpRequest<?> request(Job job) {
    MutableHttpRequest<Object> request =
        HttpRequest.create(HttpMethod.valueOf(job.method()), URI.create(job.url()).toString());
    return job.method().equals("POST")
        ? request.header("Content-Type", "application/json").body("{}")
        : request;
  }
}
