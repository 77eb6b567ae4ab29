package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.gaps.HostGaps;
import io.stallguard.core.household.Counters;
import io.stallguard.core.report.Printed;
import io.stallguard.core.words.SilenceEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObserveModeTest {
  private final Rig rig = new Rig("idle=1s,mode=observe");

  @Test
  void nothingIsAborted() {
    Guard guard = silent(rig);

    assertThat(guard.isStalled()).isFalse();
    assertThat(guard.awaiting()).isTrue();
    assertThat(rig.abort.aborts).isZero();
  }

  @Test
  void aSilenceIsReportedOnce() {
    silent(rig);

    rig.run(Duration.ofMinutes(1));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith(
            "stream stalled, would have been aborted (mode=observe): first-byte limit of 1 s")
        .contains("nothing is done in mode=observe");
  }

  @Test
  void anArrivalIsReportedAsTheResumptionWithTheLengthOfTheSilence() {
    Guard guard = silent(rig);
    rig.run(Duration.ofMillis(1000));

    guard.arrived(1);
    rig.tick();
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1))
        .matches(
            "stream resumed after 2\\.0\\d+ s of silence: POST https://api\\.example\\.com/v1/messages");
  }

  @Test
  void bytesForABufferAreAResumption() {
    Guard guard = silent(rig);

    guard.buffered(1);
    rig.tick();

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream resumed after ");
  }

  @Test
  void theEndIsReportedAsTheEnd() {
    Guard guard = silent(rig);

    guard.completed();
    rig.tick();

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream ended after 1.0").contains(" s of silence: POST");
    assertThat(rig.counters()).returns(1L, Counters::endedInSilence).returns(0L, Counters::resumed);
  }

  @Test
  void whatTheClientClosesIsGivenUp() {
    Guard guard = silent(rig);

    guard.finished();
    rig.tick();

    assertGivenUp(rig, "stream given up after 1.0");
  }

  @Test
  void aTimeoutOfTheClientsOwnGivesUp() {
    Guard guard = silent(rig);

    guard.unserved();
    rig.run(Duration.ofSeconds(3));
    guard.awaiting();
    guard.finished();
    rig.tick();

    assertGivenUp(rig, "stream given up after 1.0");
  }

  @Test
  void whoLeavesAfterATimeoutOfTheClientsOwnGivesUp() {
    Guard guard = silent(rig);

    guard.unserved();
    rig.run(Duration.ofSeconds(29));
    assertThat(rig.log).as("a reader may come back").hasSize(1);
    rig.run(Duration.ofSeconds(40));

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream given up after 1.0");
    guard.finished();
    rig.tick();
    assertGivenUp(rig, "stream given up after 1.0");
  }

  @Test
  void whoLeavesASilenceOfEventsGivesUpToo() {
    Rig events = new Rig("event-idle=2s,mode=observe");
    Guard guard = beating(events);

    guard.unserved();
    events.run(Duration.ofMinutes(6));

    assertThat(events.log).hasSize(2);
    guard.finished();
    events.tick();
    assertGivenUp(events, "stream given up after 2.");
  }

  @Test
  void whoComesBackInTimeHasNotLeft() {
    Guard guard = silent(rig);

    for (int i = 0; i < 10; i++) {
      guard.unserved();
      rig.run(Duration.ofSeconds(20));
      guard.awaiting();
      rig.run(Duration.ofMillis(500));
    }
    guard.arrived(1);
    rig.run(Duration.ofMinutes(1));

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream resumed after ");
  }

  /** An asynchronous consumer says that it wants no more before it closes. */
  @Test
  void aConsumerThatCeasesToWaitDoesNotResume() {
    Guard guard = silent(rig);

    guard.satisfied();
    rig.run(Duration.ofSeconds(3));
    guard.finished();
    rig.tick();

    assertGivenUp(rig, "stream given up after 1.0");
  }

  @Test
  void whoCeasesToWaitAndWaitsAgainIsNotReportedTwice() {
    Guard guard = silent(rig);

    guard.satisfied();
    guard.awaiting();
    rig.run(Duration.ofSeconds(3));
    guard.arrived(1);
    rig.tick();

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream resumed after 4.0");
  }

  @Test
  void aSilenceOfEventsIsGivenUpToo() {
    Rig events = new Rig("event-idle=2s,mode=observe");
    Guard guard = beating(events);

    guard.finished();
    events.tick();

    assertGivenUp(events, "stream given up after 2.");
  }

  @Test
  void aSilenceOfEventsEndsWithTheStream() {
    Rig events = new Rig("event-idle=2s,mode=observe");
    Guard guard = beating(events);

    guard.completed();
    events.tick();

    assertThat(events.log.get(1)).startsWith("stream ended after 2.");
    assertThat(events.counters().endedInSilence()).isEqualTo(1);
  }

  /** The heartbeats come so often that nobody waited for a byte for long. */
  private static Guard beating(Rig rig) {
    Guard guard = rig.open();
    byte[] heartbeat = ": ping\n\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 11; i++) {
      guard.awaiting();
      rig.run(Duration.ofMillis(200));
      guard.scan(heartbeat, 0, heartbeat.length);
      guard.arrived(heartbeat.length);
    }
    guard.awaiting();
    assertThat(rig.log).hasSize(1);
    return guard;
  }

  private static void assertGivenUp(Rig rig, String line) {
    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith(line).contains(" s of silence: POST");
    assertThat(rig.counters())
        .returns(1L, Counters::givenUp)
        .returns(0L, Counters::endedInSilence)
        .returns(0L, Counters::resumed);
    assertThat(rig.gaps())
        .singleElement()
        .returns(1L, HostGaps.Facts::givenUp)
        .returns(0L, HostGaps.Facts::streams);
  }

  @Test
  void jsonTellsHowASilenceEnded() {
    Guard guard = rig.open();
    Silence silence = Silence.of(guard, 0, 5_000_000_000L);
    StreamFacts stream = StreamFacts.of(guard, 5_000_000_000L);

    for (SilenceEnd how : SilenceEnd.values()) {
      assertThat(Printed.json(stream, silence, how))
          .contains("\"event\":\"" + how + "\"")
          .contains("stream " + how + " after 5 s of silence: POST");
    }
  }

  @Test
  void aTruncatedStreamEndsAsItWould() {
    Rig strict = new Rig("truncated=throw,mode=observe");
    Guard guard = strict.open();
    byte[] event = "event: message_start\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);
    guard.awaiting();
    guard.scan(event, 0, event.length);
    guard.arrived(event.length);

    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);

    strict.tick();
    assertThat(guard.truncation()).isNull();
    assertThat(strict.log).singleElement().asString().startsWith("stream truncated: ");
  }

  @Test
  void theNextSilenceIsReportedAgain() {
    Guard guard = silent(rig);
    guard.arrived(1);
    guard.awaiting();

    rig.run(Duration.ofMillis(1050));

    assertThat(rig.log).hasSize(3);
    assertThat(rig.log.get(2)).contains("idle limit of 1 s exceeded");
  }

  @Test
  void aSilenceThatBeginsAgainInABufferIsReportedAgain() {
    Guard guard = silent(rig);
    guard.buffered(1);

    rig.run(Duration.ofMillis(1050));

    assertThat(rig.log).hasSize(3);
    assertThat(guard.awaiting()).isTrue();
  }

  @Test
  void theTotalLimitIsReportedOnce() {
    Rig total = new Rig("total=2s,mode=observe");
    Guard guard = total.open();

    for (int i = 0; i < 500; i++) {
      guard.awaiting();
      total.tick();
      guard.arrived(1);
    }

    assertThat(total.log)
        .filteredOn(line -> line.contains("would have been aborted"))
        .singleElement()
        .asString()
        .contains("total limit of 2 s exceeded: stream open for 2.0");
  }

  /** The limit on the whole stream bounds no silence that could end. */
  @Test
  void nothingResumesAfterTheTotalLimit() {
    Rig total = new Rig("total=2s,mode=observe");
    Guard guard = total.open();
    guard.awaiting();
    total.run(Duration.ofMillis(2500));

    guard.arrived(1);
    guard.awaiting();
    total.engine.change("breaker.pause=5m", "test");
    total.run(Duration.ofMillis(2500));

    assertThat(total.log).filteredOn(line -> line.startsWith("stream")).hasSize(1);
    assertThat(total.counters().resumed()).isZero();
  }

  @Test
  void theTotalLimitIsReportedInTimeWithinASilenceThatWasReported() {
    Rig total = new Rig("idle=1s,total=3s,mode=observe");
    Guard guard = total.open();
    guard.awaiting();

    total.run(Duration.ofMillis(2900));
    assertThat(total.log).hasSize(1);
    total.run(Duration.ofMillis(200));
    assertThat(total.log).hasSize(2);
    assertThat(total.log.get(1)).contains("total limit of 3 s exceeded: stream open for 3.0");
    total.run(Duration.ofSeconds(10));
    guard.arrived(1);
    total.tick();

    assertThat(total.log).hasSize(3);
    assertThat(total.log.get(2)).startsWith("stream resumed after 13.");
    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void aSilenceOfEventsWithinAReportedOneOfBytesIsTheSame() {
    Rig both = new Rig("idle=1s,event-idle=2s,mode=observe");
    Guard guard = both.open();
    guard.awaiting();

    both.run(Duration.ofSeconds(5));

    assertThat(both.log).hasSize(1);
  }

  @Test
  void theTotalLimitIsReportedThoughTheReaderOutranTheWatchdogOnce() {
    Outrunner reader = new Outrunner("total=2s,mode=observe");

    reader.outrun();
    reader.run(Duration.ofMillis(100));

    assertThat(reader.log).singleElement().asString().contains("total limit of 2 s exceeded");
  }

  @Test
  void anEventSilenceIsReportedThoughTheReaderOutranTheWatchdogOnce() {
    Outrunner reader = new Outrunner("idle=off,first-byte=off,event-idle=2s,mode=observe");

    reader.outrun();
    reader.run(Duration.ofMillis(100));

    assertThat(reader.log).singleElement().asString().contains("event-idle limit of 2 s exceeded");
  }

  @Test
  void aHealthyStreamIsNeverMentioned() {
    Guard guard = rig.open();
    for (int i = 0; i < 20; i++) {
      guard.awaiting();
      rig.run(Duration.ofMillis(900));
      guard.arrived(1);
    }
    guard.finished();

    rig.run(Duration.ofSeconds(20));

    assertThat(rig.log).isEmpty();
    assertThat(rig.watched()).isZero();
  }

  private static Guard silent(Rig rig) {
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1050));
    return guard;
  }
}
