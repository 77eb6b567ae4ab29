package io.stallguard.core;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.PING;
import static io.stallguard.core.Arrivals.START;
import static io.stallguard.core.Arrivals.STOP;
import static io.stallguard.core.Arrivals.come;
import static io.stallguard.core.Arrivals.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.GuardedInputStream;
import io.stallguard.core.words.Exchanges;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** Streams that have said all and stay open, and streams that end before they have. */
class EndOfStreamTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aStreamThatHasSaidAllEndsAfterTheGrace() throws IOException {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);
    rig.run(Duration.ofSeconds(7));
    read(guard, STOP);

    rig.run(Duration.ofMillis(4990));
    assertThat(guard.isEnded()).isFalse();
    rig.run(Duration.ofMillis(500));

    assertThat(guard.isEnded()).isTrue();
    assertThat(guard.isStalled()).isFalse();
    assertThat(guard.awaiting()).isFalse();
    assertThat(guard.endOrThrow(new IOException("Socket closed"))).isEqualTo(-1);
    assertThat(rig.abort.aborts).isEqualTo(1);
    assertThat(rig.engine.counters().endedAfterDone()).isEqualTo(1);
    assertThat(rig.engine.counters().stalled()).isEmpty();
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream ended after its terminal event, connection aborted: done-grace limit")
        .contains("the last message_stop 5.")
        .contains("whole content delivered");
  }

  @Test
  void theGraceRunsOnlyWhileTheConsumerWants() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    come(guard, STOP);
    guard.arrived(STOP.length());

    rig.run(Duration.ofMinutes(20));
    assertThat(guard.isEnded()).isFalse();
    guard.awaiting();
    rig.run(Duration.ofMillis(4900));
    assertThat(guard.isEnded()).isFalse();
    rig.run(Duration.ofSeconds(1));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void theGraceTakesThePlaceOfAShorterIdleLimit() {
    Rig rig = new Rig("idle=1s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofMillis(4900));
    assertThat(guard.isStalled() || guard.isEnded()).isFalse();
    rig.run(Duration.ofMillis(300));

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void withoutAGraceTheOtherLimitsGoOn() {
    Rig rig = new Rig("done-grace=off,idle=10s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofSeconds(11));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 10 s");
  }

  @Test
  void heartbeatsAfterTheTerminalEventDoNotPutTheEndOff() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, STOP);

    for (int i = 0; i < 6; i++) {
      rig.run(SECOND);
      read(guard, PING);
    }

    assertThat(guard.isEnded()).isTrue();
  }

  @Test
  void moreEventsAfterTheTerminalOneGoOn() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, STOP);
    rig.run(Duration.ofSeconds(4));
    read(guard, START);

    rig.run(Duration.ofMinutes(4));

    assertThat(guard.isEnded()).isFalse();
    assertThat(guard.awaiting()).isTrue();
  }

  @Test
  void afterDoneMayThrow() {
    Rig rig = new Rig("after-done=throw,done-grace=1s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofMillis(1500));

    assertThatThrownBy(() -> guard.endOrThrow(null))
        .isInstanceOf(StallTimeoutException.class)
        .hasMessageStartingWith("done-grace limit of 1 s exceeded: connection open, and nothing");
  }

  @Test
  void afterDoneMayBeIgnored() {
    Rig rig = new Rig("after-done=ignore,done-grace=1s,idle=10s");
    Guard guard = rig.open();
    read(guard, STOP);

    rig.run(Duration.ofSeconds(9));
    assertThat(guard.isStalled() || guard.isEnded()).isFalse();
    rig.run(Duration.ofSeconds(2));

    assertThat(guard.stallException(null)).hasMessageStartingWith("idle limit of 10 s");
  }

  @Test
  void aSubscriptionMayCarryManyAnswers() {
    Rig rig = new Rig("");
    Guard guard = rig.engine.open(Exchanges.subscription(), rig.abort);

    for (int i = 0; i < 100; i++) {
      read(guard, START + DELTA + STOP);
      rig.run(Duration.ofSeconds(4));
    }

    assertThat(guard.isEnded()).isFalse();
  }

  @Test
  void aTruncatedStreamIsReportedAndEndsNormally() {
    Rig rig = new Rig("");
    Guard guard = rig.open();
    read(guard, START);

    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    rig.tick();

    assertThat(rig.engine.counters().truncated()).isEqualTo(1);
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("stream truncated: ended ")
        .contains("without its terminal event; POST https://api.example.com/v1/messages")
        .contains("1 events, the last message_start");
  }

  @Test
  void aTruncatedStreamMayFail() throws IOException {
    Rig rig = new Rig("truncated=throw");
    Guard guard = rig.open();
    InputStream body =
        new GuardedInputStream(new ByteArrayInputStream((START + DELTA).getBytes(UTF_8)), guard);

    assertThat(body.read(new byte[100])).isEqualTo(START.length() + DELTA.length());
    assertThatThrownBy(body::read)
        .isInstanceOf(EOFException.class)
        .hasMessageStartingWith("stream truncated: ");
    assertThatThrownBy(body::read).isInstanceOf(EOFException.class);
    assertThat(guard.truncation()).isNotNull();
  }

  @Test
  void aScannerDoesNotTakeATruncatedStreamForAWholeOne() {
    Rig rig = new Rig("truncated=throw");
    InputStream body =
        new GuardedInputStream(new ByteArrayInputStream(START.getBytes(UTF_8)), rig.open());
    Scanner scanner = new Scanner(body, UTF_8);

    assertThatThrownBy(() -> scanner.forEachRemaining(token -> {}))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseExactlyInstanceOf(EOFException.class);
  }

  @Test
  void whoOnlyObservesLetsATruncatedStreamEndNormally() {
    Rig rig = new Rig("mode=observe,truncated=throw");
    Guard guard = rig.open();
    read(guard, START);

    assertThat(guard.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(guard.truncation()).isNull();
    rig.tick();
    assertThat(rig.engine.counters().truncated()).isEqualTo(1);
  }

  @Test
  void aWholeStreamAndOneOfAnotherKindAreNotTruncated() {
    Rig rig = new Rig("truncated=throw");
    Guard whole = rig.open();
    Guard other = rig.open();
    read(whole, START + STOP);
    read(other, "data: 1\n\n");

    assertThat(whole.completed()).isEqualTo(BodyEnd.NORMAL);
    assertThat(other.completed()).isEqualTo(BodyEnd.NORMAL);
    rig.tick();

    assertThat(rig.engine.counters().truncated()).isZero();
    assertThat(rig.log).isEmpty();
  }

  @Test
  void aStreamThatTheAppClosesIsNotTruncated() {
    Rig rig = new Rig("truncated=throw");
    Guard guard = rig.open();
    read(guard, START);

    assertThat(guard.finished()).isTrue();
    assertThat(guard.truncation()).isNull();
  }
}
