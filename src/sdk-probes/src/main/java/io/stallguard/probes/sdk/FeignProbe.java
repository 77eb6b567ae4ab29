package io.stallguard.probes.sdk;

import feign.Client;
import feign.Feign;
import feign.Headers;
import feign.RequestLine;
import feign.Response;
import feign.Target;
import feign.http2client.Http2Client;
import feign.okhttp.OkHttpClient;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.InputStream;
import java.net.URI;

/** Feign over the clients that it brings, its response read as a stream. */
public final class FeignProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Answers answers =
        Feign.builder().client(client(job)).target(Target.EmptyTarget.create(Answers.class));
    try (Response response = answers.stream(URI.create(job.url()), "{}");
        InputStream body = response.body().asInputStream()) {
      received.head();
      received.readAll(body);
    }
  }

  @SuppressWarnings("deprecation") // What apps of today call.
  private static Client client(Job job) {
    return switch (job.form()) {
      case "default" -> new Client.Default(null, null);
      case "okhttp" -> new OkHttpClient();
      case "java11" -> new Http2Client();
      default -> throw job.unknownForm();
    };
  }

  /** An API with one method. */
  interface Answers {
    @RequestLine("POST")
    @Headers("Content-Type: application/json")
    Response stream(URI uri, String body);
  }
}
