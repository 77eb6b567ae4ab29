package io.stallguard.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Arrivals;
import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.OpenStream;
import io.stallguard.core.report.Printed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of a silence in which the JVM stood still. */
class StandstillReportTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Test
  void aStallHasItsLengthByTheWallAndThePartThatDoesNotCount() {
    Rig rig = new Rig("idle=1s");
    Guard guard = stalledWithAPause(rig);

    String message = guard.stallException(null).getMessage();
    rig.tick();

    assertThat(message)
        .contains("no byte for 11.02 s (of which this JVM stood still for 10 s); ")
        .contains(", the last 11.02 s ago; ");
    assertThat(rig.log)
        .singleElement()
        .asString()
        .contains("(of which this JVM stood still for 10 s)")
        .contains("\n[stallguard]        11.53 s  idle limit exceeded");
  }

  @Test
  void aPauseBeforeTheSilenceIsInTheAgesOnly() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    rig.pause(PAUSE);
    rig.tick();
    guard.arrived(1);
    guard.awaiting();
    rig.run(Duration.ofMillis(1100));

    guard.stallException(null);
    rig.tick();

    assertThat(rig.log)
        .singleElement()
        .asString()
        .contains("no byte for 1.02 s; ")
        .contains("\n[stallguard]        10.03 s  first byte")
        .contains("\n[stallguard]        11.05 s  decided");
  }

  @Test
  void jsonAlwaysHasBoth() {
    Rig rig = new Rig("idle=1s");
    Guard guard = stalledWithAPause(rig);

    String report = Printed.json(guard.incident());

    assertThat(report)
        .contains("\"silentSeconds\":11.020,\"stoodStillSeconds\":10.000,\"ageSeconds\":11.5");
  }

  @Test
  void aSilenceThatEndedHasBothToo() {
    Rig rig = new Rig("idle=1s,mode=observe");
    Guard guard = stalledWithAPause(rig);

    guard.arrived(1);
    rig.tick();

    assertThat(rig.log)
        .last()
        .asString()
        .contains("resumed after 11.6 s (of which this JVM stood still for 10 s) of silence");
  }

  @Test
  void theTableOfOpenStreamsHasBoth() {
    Rig rig = new Rig("idle=5s");
    Guard guard = stalledWithAPause(rig);

    OpenStream facts = new OpenStream(guard, guard.now());

    assertThat(facts.silentMillis()).isEqualTo(11_600);
    assertThat(facts.stoodStillMillis()).isEqualTo(10_000);
    assertThat(facts.ageMillis()).isEqualTo(12_110);
    assertThat(facts).asString().contains("silent for 11.6 s (of which this JVM stood still for ");
  }

  @Test
  void aTruncatedStreamHasItsAgeByTheWall() {
    Rig rig = new Rig("idle=1m");
    Guard guard = rig.open();
    byte[] start = Arrivals.START.getBytes(StandardCharsets.US_ASCII);
    guard.awaiting();
    guard.scan(start, 0, start.length);
    guard.arrived(start.length);
    rig.pause(PAUSE);

    guard.completed();
    rig.tick();

    assertThat(rig.log).last().asString().contains("ended 10.02 s after its head");
  }

  private static Guard stalledWithAPause(Rig rig) {
    Guard guard = rig.open();
    rig.run(Duration.ofMillis(500));
    guard.arrived(1);
    guard.awaiting();
    rig.run(Duration.ofMillis(500));
    rig.pause(PAUSE);
    rig.run(Duration.ofMillis(1_090));
    return guard;
  }
}
