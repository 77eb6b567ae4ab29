package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.STOP;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.ShownName;
import io.stallguard.core.report.Printed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a report says of what came before the silence. */
class DeliveredTest {
  private static final String NOTHING = "nothing delivered: safe to retry";
  private static final String PARTS = "partial content delivered";
  private static final String ERROR = "data: {\"error\":{\"type\":\"server_error\"}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String CHUNK =
      "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";

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
  void aPieceThatComesWithTheEndIsContent() {
    Guard chat = rig.open();
    read(chat, "data: {\"choices\":[{\"text\":\"a\",\"finish_reason\":\"length\"}]}\n\ndata: {");
    Guard own = rig.open();
    read(own, "data: {\"content\":\"a\",\"stop\":true}\n\n");

    assertThat(own.events().answer().hasContent()).isTrue();
    assertThat(chat.events().answer().hasContent()).isTrue();
  }

  @Test
  void aBodyThatTheClientKeepsUntilItsEndHasDeliveredNothing() {
    Guard guard = rig.open();
    guard.collected();
    read(guard, DELTA);

    assertThat(message(guard)).endsWith(NOTHING);
  }

  @Test
  void afterTheTerminalEventItIsTheWholeUntilMoreHasBegun() {
    Rig throwing = new Rig("after-done=throw,done-grace=1s,event-idle=1s");
    Guard whole = throwing.open();
    read(whole, DELTA + STOP);
    Guard more = throwing.open();
    read(more, DELTA + STOP + "data: {\"te");

    throwing.run(Duration.ofMillis(1500));

    assertThat(whole.stallException(null)).hasMessageEndingWith("whole content delivered");
    assertThat(more.stallException(null)).hasMessageEndingWith(PARTS);
  }

  /** Some servers tell their failure, and then that nothing follows. */
  @Test
  void afterTheProvidersErrorItIsNeverTheWhole() {
    Rig throwing = new Rig("after-done=throw,done-grace=1s");
    Guard nothing = throwing.open();
    read(nothing, ERROR + DONE);
    Guard parts = throwing.open();
    read(parts, CHUNK + ERROR + DONE);
    Guard warned = throwing.open();
    read(warned, ERROR + CHUNK + DONE);

    throwing.run(Duration.ofMillis(1500));

    assertThat(nothing.stallException(null)).hasMessageEndingWith(NOTHING);
    assertThat(parts.stallException(null)).hasMessageEndingWith(PARTS);
    assertThat(warned.stallException(null)).hasMessageEndingWith("whole content delivered");
  }

  @Test
  void whatTheClientKeepsIsTheWholeOnlyWhereItsEndIsGiven() {
    Rig ending = new Rig("done-grace=1s");
    Guard ended = ending.open();
    ended.collected();
    Rig throwing = new Rig("after-done=throw,done-grace=1s");
    Guard thrown = throwing.open();
    thrown.collected();

    read(ended, DELTA + STOP);
    ending.run(Duration.ofMillis(1500));
    read(thrown, DELTA + STOP);
    throwing.run(Duration.ofMillis(1500));

    assertThat(ended.incident().stall().delivered()).isEqualTo("whole content delivered");
    assertThat(thrown.incident().stall().delivered()).isEqualTo(NOTHING);
  }

  @Test
  void theLastEventIsToldAndTheLastThatWasNoHeartbeat() {
    Guard guard = rig.open();
    read(guard, DELTA);
    rig.run(Duration.ofMillis(500));
    read(guard, PING);
    rig.run(Duration.ofMillis(1050));

    assertThat(guard.stallException(null))
        .hasMessageContaining("the last ping (heartbeat) 1.02 s ago, the last but heartbeats")
        .hasMessageContaining("the last but heartbeats content_block_delta 1.52 s ago; ");
    assertThat(Printed.text(guard.incident()))
        .containsSubsequence(
            "last event but heartbeats: content_block_delta", "last event: ping (heartbeat)");
    assertThat(Printed.json(guard.incident()))
        .contains(
            "\"lastEvent\":\"ping (heartbeat)\"",
            "\"lastProgressEvent\":\"content_block_delta\",\"lastProgressEventAgeSeconds\":1.52");
  }

  private String message(Guard guard) {
    rig.run(Duration.ofMillis(1050));
    return guard.stallException(null).getMessage();
  }
}
