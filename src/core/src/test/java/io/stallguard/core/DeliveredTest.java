package io.stallguard.core;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.EventKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a report says of what came before the silence. */
class DeliveredTest {
  private static final String NOTHING = "nothing delivered: safe to retry";
  private static final String PARTS = "partial content delivered";

  private final Rig rig = new Rig("idle=1s");

  @Test
  void heartbeatsAndLifecycleEventsAreNoContent() {
    Guard greeted = rig.open();
    read(greeted, PING);
    Guard begun = rig.open();
    begun.arrived(1);
    begun.events().happened(EventKind.LIFECYCLE, ShownName.constant("message_start"));
    read(begun, "\n");

    assertThat(message(greeted)).endsWith(NOTHING);
    assertThat(message(begun)).endsWith(NOTHING);
  }

  @Test
  void contentAndAnythingThatMayBeSomeIs() {
    Guard told = rig.open();
    read(told, DELTA);
    Guard half = rig.open();
    read(half, PING + "data: {\"te");

    assertThat(message(told)).endsWith(PARTS);
    assertThat(message(half)).endsWith(PARTS);
  }

  @Test
  void aBodyThatTheClientKeepsUntilItsEndHasDeliveredNothing() {
    Exchange kept =
        Exchange.of("java-http-client")
            .request("POST", "https", "h.example", 443, "/v1/messages")
            .response("HTTP/2", 200, "text/event-stream")
            .collected(true)
            .build();
    Guard guard = rig.engine.open(kept, rig.abort);
    rig.tick();
    read(guard, DELTA);

    assertThat(message(guard)).endsWith(NOTHING);
  }

  @Test
  void theLastEventIsToldAndTheLastThatWasNoHeartbeat() {
    Guard guard = rig.open();
    read(guard, DELTA);
    rig.run(Duration.ofMillis(500));
    read(guard, PING);
    rig.run(Duration.ofMillis(1050));

    assertThat(guard.stallException(null))
        .hasMessageContaining("the last ping (heartbeat) 1.03 s ago, the last but heartbeats")
        .hasMessageContaining("the last but heartbeats content_block_delta 1.53 s ago; ");
    assertThat(new TextFormat().released(guard.incident()))
        .containsSubsequence(
            "last event but heartbeats: content_block_delta", "last event: ping (heartbeat)");
    assertThat(new JsonFormat().released(guard.incident()))
        .contains(
            "\"lastEvent\":\"ping (heartbeat)\"",
            "\"lastProgressEvent\":\"content_block_delta\",\"lastProgressEventAgeSeconds\":1.53");
  }

  private String message(Guard guard) {
    rig.run(Duration.ofMillis(1050));
    return guard.stallException(null).getMessage();
  }
}
