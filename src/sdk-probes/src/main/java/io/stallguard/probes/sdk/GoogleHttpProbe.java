package io.stallguard.probes.sdk;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;

/** google-http-client over its transports. */
public final class GoogleHttpProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpResponse response =
        transport(job)
            .createRequestFactory()
            .buildPostRequest(
                new GenericUrl(job.url(), true),
                ByteArrayContent.fromString("application/json", "{}"))
            .execute();
    try {
      received.head();
      received.readAll(response.getContent());
    } finally {
      response.disconnect();
    }
  }

  private static HttpTransport transport(Job job) {
    return switch (job.form()) {
      case "net" -> new NetHttpTransport();
      case "apache-v2" -> new ApacheHttpTransport();
      default -> throw job.unknownForm();
    };
  }
}
