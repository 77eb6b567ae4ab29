package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

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

    guard.finished();
    rig.tick();

    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(1)).startsWith("stream ended after 1.0").contains(" s of silence: POST");
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
