package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.InputStream;

/** The JAX-RS client of the class path: events of a GET, or the body of a POST as a stream. */
public final class JaxRsProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    Client client = ClientBuilder.newClient();
    try {
      WebTarget target = client.target(job.url());
      switch (job.form()) {
        case "sse-event-source" -> events(target, received);
        case "input-stream" -> post(target, received);
        case "event-input" -> JerseyEvents.post(target, received);
        default -> throw job.unknownForm();
      }
    } finally {
      client.close();
    }
  }

  /** Does not end: an event source asks again after each end of a stream. */
  private static void events(WebTarget target, Received received) throws Exception {
    Completion completion = new Completion();
    try (SseEventSource source = SseEventSource.target(target).build()) {
      source.register(
          event -> received.add(event.readData()), completion::fail, completion::complete);
      source.open();
      completion.await();
    }
  }

  private static void post(WebTarget target, Received received) throws Exception {
    try (Response response =
            target
                .request(MediaType.SERVER_SENT_EVENTS)
                .post(Entity.entity("{}", MediaType.APPLICATION_JSON));
        InputStream body = response.readEntity(InputStream.class)) {
      received.head();
      received.readAll(body);
    }
  }
}
