package io.stallguard.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that blocks holds up nothing, and what it does not take is counted. */
class ReportQueueTest {
  private static final byte[] EVENT =
      "event: message_start\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void linesBehindALogThatBlocksAreBoundedAndTheRestIsToldOnceItTakesThem() {
    Rig rig = new Rig("idle=1s,log.per-minute=off");
    rig.threads.holdReports = true;

    truncated(rig, 3000);
    assertThat(rig.threads.heldReports).as("one task for all").hasSize(1);
    assertThat(rig.counters().truncated()).isEqualTo(3000);
    rig.threads.heldReports.remove().run();

    assertThat(rig.log).hasSize(ReportQueue.MOST + 1);
    assertThat(rig.log.get(1))
        .isEqualTo("2000 more lines were left out, which the log did not take in time");
  }

  @Test
  void truncatedAnswersFallUnderTheRate() {
    Rig rig = new Rig("idle=1s");

    truncated(rig, 2000);
    assertThat(rig.log).hasSize(Reports.PER_MINUTE);
    rig.run(Duration.ofSeconds(61));

    assertThat(rig.log)
        .last()
        .asString()
        .startsWith((2000 - Reports.PER_MINUTE) + " more reports of the last minute were left out");
    assertThat(rig.counters().truncated()).isEqualTo(2000);
  }

  @Test
  void errorsAreToldThoughTheQueueIsFull() {
    Rig rig = new Rig("idle=1s,log.per-minute=off");
    rig.threads.holdReports = true;
    truncated(rig, 3000);

    rig.engine.errors().record("a hook", new IOException("broken"));
    rig.threads.heldReports.remove().run();

    assertThat(rig.log).anyMatch(line -> line.contains("a hook: java.io.IOException: broken"));
  }

  @Test
  void aReportThatFailsIsCountedAndTheNextIsWritten() {
    Rig rig = new Rig("idle=1s");

    rig.household()
        .later(
            () -> {
              throw new OutOfMemoryError("of a report");
            });
    rig.household().tell("next");
    rig.tick();
    rig.tick();

    assertThat(rig.log).contains("next").anyMatch(line -> line.startsWith("1 more lines"));
  }

  @Test
  void aThreadForReportsThatIsNotToBeHadIsAskedForAgain() {
    Rig rig = new Rig("idle=1s");
    rig.threads.failure = new OutOfMemoryError("unable to create native thread");
    rig.household().tell("a line");
    rig.run(Duration.ofSeconds(3));

    rig.threads.failure = null;
    rig.run(Duration.ofMillis(1010));

    assertThat(rig.log).contains("a line");
  }

  @Test
  void whatWaitsHoldsNoGuard() {
    Rig rig = new Rig("idle=1s");
    Rig observing = new Rig("idle=1s,mode=observe");
    rig.threads.holdReports = true;
    observing.threads.holdReports = true;
    List<WeakReference<Guard>> guards = new ArrayList<>();

    guards.add(new WeakReference<>(released(rig)));
    guards.add(new WeakReference<>(resumed(observing)));
    truncated(rig, 1);
    rig.letGo();
    observing.letGo();
    for (int i = 0; i < 100 && guards.stream().anyMatch(guard -> guard.get() != null); i++) {
      System.gc();
    }

    assertThat(guards).allMatch(guard -> guard.get() == null);
    rig.threads.heldReports.remove().run();
    observing.threads.heldReports.remove().run();
    assertThat(rig.log).hasSize(2);
    assertThat(observing.log).hasSize(2);
  }

  private static Guard released(Rig rig) {
    rig.abort.frees = true;
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1100));
    return guard;
  }

  private static Guard resumed(Rig rig) {
    Guard guard = rig.open();
    guard.awaiting();
    rig.run(Duration.ofMillis(1100));
    guard.arrived(1);
    guard.finished();
    rig.tick();
    return guard;
  }

  private static void truncated(Rig rig, int count) {
    for (int i = 0; i < count; i++) {
      Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);
      guard.awaiting();
      guard.scan(EVENT, 0, EVENT.length);
      guard.arrived(EVENT.length);
      guard.awaiting();
      guard.completed();
    }
    rig.tick();
  }
}
