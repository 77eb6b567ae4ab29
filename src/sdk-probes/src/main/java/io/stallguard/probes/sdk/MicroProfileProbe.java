package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** The MicroProfile REST client, its response read as a stream. */
public final class MicroProfileProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Answers answers =
        RestClientBuilder.newBuilder().baseUri(URI.create(job.url())).build(Answers.class);
    try (InputStream body = answers.stream("{}")) {
      received.head();
      received.readAll(body);
    }
  }

  /** An API with one method. */
  @Path("")
  public interface Answers {
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    InputStream stream(String body);
  }
}
