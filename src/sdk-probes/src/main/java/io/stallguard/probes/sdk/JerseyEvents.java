package io.stallguard.probes.sdk;

import io.stallguard.probes.Received;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import org.glassfish.jersey.media.sse.EventInput;
import org.glassfish.jersey.media.sse.InboundEvent;

/** Jersey's own way to read events one by one, beside what JAX-RS has. */
final class JerseyEvents {
  private JerseyEvents() {}

  static void post(WebTarget target, Received received) {
    EventInput events =
        target
            .request(MediaType.SERVER_SENT_EVENTS)
            .post(Entity.entity("{}", MediaType.APPLICATION_JSON), EventInput.class);
    received.head();
    while (!events.isClosed()) {
      InboundEvent event = events.read();
      received.add(event == null ? "" : TextOf.data(event.readData()));
    }
  }
}
