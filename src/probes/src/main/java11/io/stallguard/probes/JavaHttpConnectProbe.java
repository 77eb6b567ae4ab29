package io.stallguard.probes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Connects with the JDK's HttpClient; the pause is the client's own limit, if it is not zero. */
final class JavaHttpConnectProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(job.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    if (job.pauseMillis() > 0) {
      builder.connectTimeout(Duration.ofMillis(job.pauseMillis()));
    }
    HttpClient client = builder.build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(job.url())).build();
    switch (job.form()) {
      case "send":
        client.send(request, BodyHandlers.discarding());
        break;
      case "async":
        try {
          client.sendAsync(request, BodyHandlers.discarding()).get();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
        break;
      default:
        throw job.unknownForm();
    }
  }
}
