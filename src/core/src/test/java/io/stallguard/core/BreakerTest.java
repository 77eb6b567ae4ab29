package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage for everyone stops the aborts; a few stalls never do. */
class BreakerTest {
  private final Rig rig = new Rig("idle=1s,breaker.pause=1m");

  /** As their readers would: a stream that nobody holds is collected, and no stall. */
  private final List<Guard> held = new ArrayList<>();

  @BeforeEach
  void abortsFreeTheirReaders() {
    rig.abort.frees = true;
  }

  @Test
  void anOutageForEveryoneStopsTheAborts() {
    silent(30);
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.abort.aborts).isEqualTo(16);
    assertThat(rig.log)
        .anyMatch(
            line ->
                line.startsWith(
                    "BREAKER OPEN: 16 of 30 streams were aborted within 300 s, more than 50%."))
        .anyMatch(line -> line.startsWith("stream stalled, would have been aborted"));
  }

  @Test
  void fewStreamsAreNoOutage() {
    silent(19);
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.abort.aborts).isEqualTo(19);
    assertThat(rig.engine.breaker().isOpen()).isFalse();
  }

  @Test
  void healthyTrafficWithAFewStallsIsNone() {
    for (int minute = 0; minute < 10; minute++) {
      healthy(12);
      silent(10);
      rig.run(Duration.ofMinutes(1));
    }

    assertThat(rig.abort.aborts).isEqualTo(100);
    assertThat(rig.engine.breaker().isOpen()).isFalse();
  }

  @Test
  void whatHappenedBeforeTheWindowCountsNoMore() {
    silent(15);
    rig.run(Duration.ofMinutes(7));
    healthy(1);
    silent(15);
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.abort.aborts).isEqualTo(30);
    assertThat(rig.engine.breaker().isOpen()).isFalse();
  }

  @Test
  void itComesBackAfterThePauseAndWhatIsSilentStillIsAborted() {
    silent(30);
    rig.run(Duration.ofSeconds(50));
    assertThat(rig.engine.breaker().isOpen()).isTrue();

    rig.run(Duration.ofSeconds(15));

    assertThat(rig.log).anyMatch(line -> line.startsWith("breaker closed, the pause is over"));
    assertThat(rig.engine.breaker().isOpen()).isFalse();
    assertThat(rig.abort.aborts).isEqualTo(30);
  }

  @Test
  void theRestOfAnOutageIsNoNewOneButAnotherIs() {
    silent(100);
    rig.run(Duration.ofSeconds(70));

    assertThat(rig.abort.aborts).isEqualTo(100);
    assertThat(rig.engine.breaker().isOpen()).isFalse();

    silent(100);
    rig.run(Duration.ofSeconds(2));
    // Half of these and of the 49 that the first outage had left open within the window.
    assertThat(rig.abort.aborts).isEqualTo(175);
    assertThat(rig.engine.breaker().isOpen()).isTrue();
  }

  @Test
  void aStreamThatHasSaidAllEndsThoughItIsOpen() {
    silent(30);
    rig.run(Duration.ofSeconds(2));
    Guard done = rig.open();
    done.awaiting();
    byte[] event = "event: message_stop\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);
    done.scan(event, 0, event.length);
    done.arrived(event.length);
    done.awaiting();

    rig.run(Duration.ofSeconds(6));

    assertThat(rig.engine.breaker().isOpen()).isTrue();
    assertThat(done.isEnded()).isTrue();
  }

  @Test
  void itCanBeSwitchedOff() {
    rig.engine.change("breaker.share=off", "test");
    silent(100);
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.abort.aborts).isEqualTo(100);
  }

  @Test
  void itsLimitsCanBeSet() {
    rig.engine.change("breaker.share=10%,breaker.streams=5", "test");
    silent(10);
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.abort.aborts).isEqualTo(2);
  }

  private void healthy(int count) {
    for (int i = 0; i < count; i++) {
      Guard guard = rig.open();
      guard.awaiting();
      guard.arrived(1);
      guard.finished();
    }
  }

  private void silent(int count) {
    for (int i = 0; i < count; i++) {
      Guard guard = rig.open();
      guard.awaiting();
      held.add(guard);
    }
  }
}
