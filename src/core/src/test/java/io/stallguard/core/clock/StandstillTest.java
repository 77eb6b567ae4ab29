package io.stallguard.core.clock;

import static io.stallguard.core.clock.Standstill.NOT_KNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandstillTest {
  private static final long GAP = Duration.ofSeconds(10).toNanos();

  @TempDir Path folder;

  private long usedNanos;

  @Test
  void aThreadThatWaitedForACoreDidNotStandStill() {
    CoreWaits waits = new CoreWaits(file("1000 2000 3\n"));

    assertThat(waits.note(0)).isTrue();
    file("2000 9000002000 4\n");

    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(GAP - 9_000_001_000L);
  }

  @Test
  void aThreadThatNeitherRanNorWaitedStoodStill() {
    CoreWaits waits = new CoreWaits(file("1000 2000 3\n"));

    waits.note(0);

    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(GAP);
  }

  @Test
  void whatWasWaitedInOneGapIsNotWaitedInTheNext() {
    CoreWaits waits = new CoreWaits(file("1000 2000 3\n"));
    waits.note(0);
    file("1000 9000002000 4\n");
    waits.inGapNanos(GAP, GAP);

    assertThat(waits.inGapNanos(2 * GAP, GAP)).isEqualTo(GAP);
  }

  @Test
  void aKernelThatDoesNotCountKnowsNothing() {
    CoreWaits waits = new CoreWaits(file("0 0 0\n"));

    assertThat(waits.note(0)).isFalse();
    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void aSystemWithoutTheFileKnowsNothing() {
    CoreWaits waits = new CoreWaits(folder.resolve("missing").toString());

    assertThat(waits.note(0)).isFalse();
    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);
    waits.rest();
  }

  @Test
  void nothingIsKnownOfAGapBeforeTheFirstNoteOrAfterARest() {
    CoreWaits waits = new CoreWaits(file("1000 2000 3\n"));
    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);

    waits.note(0);
    waits.rest();

    assertThat(waits.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void aProcessThatUsedUnderATenthOfACoreStoodStill() {
    ProcessTime time = new ProcessTime(() -> usedNanos);
    time.note(0);

    usedNanos = GAP / 11;
    assertThat(time.inGapNanos(GAP, GAP)).isEqualTo(GAP);

    usedNanos += GAP / 9;
    assertThat(time.inGapNanos(2 * GAP, GAP)).isZero();
  }

  @Test
  void whatAProcessUsedBeforeTheGapIsNotUsedInIt() {
    ProcessTime time = new ProcessTime(() -> usedNanos);
    long second = Duration.ofSeconds(1).toNanos();
    time.note(0);
    usedNanos = 2 * second;
    time.note(second);

    usedNanos += 2 * second;

    assertThat(time.inGapNanos(2 * second + GAP, GAP)).isEqualTo(GAP);
  }

  @Test
  void aShortGapOfAProcessIsInDoubtAndCounts() {
    ProcessTime time = new ProcessTime(() -> usedNanos);
    long gap = Duration.ofMillis(900).toNanos();
    time.note(0);

    assertThat(time.inGapNanos(gap, gap)).isZero();
  }

  @Test
  void aProcessOfWhichNothingIsKnownIsNotSaidToStandStill() {
    ProcessTime time = new ProcessTime(() -> -1);

    assertThat(time.note(0)).isFalse();
    assertThat(time.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void theSecondSourceIsAskedWhereTheFirstKnowsNothing() {
    CoreWaits none = new CoreWaits(folder.resolve("missing").toString());
    Standstill both = new Standstill.FirstKnown(none, new ProcessTime(() -> usedNanos));

    assertThat(both.note(0)).isTrue();
    assertThat(both.inGapNanos(GAP, GAP)).isEqualTo(GAP);
  }

  /** The process is under a quota, of whose waits a kernel counts a part. */
  @Test
  void aPartOfAGapInWhichTheProcessWorkedIsNoStandstill() {
    Standstill doubt = new Doubt(new Part(GAP / 2), () -> usedNanos, () -> {});
    doubt.note(0);

    usedNanos = GAP / 5;
    assertThat(doubt.inGapNanos(GAP, GAP)).isZero();

    usedNanos += GAP / 11;
    assertThat(doubt.inGapNanos(2 * GAP, GAP)).as("it hardly ran").isEqualTo(GAP / 2);
  }

  @Test
  void aCollectionUsesMuchAndIsAllThatHappens() {
    Standstill doubt = new Doubt(new Part(GAP / 100 * 99), () -> usedNanos, () -> {});
    doubt.note(0);

    usedNanos = 2 * GAP;

    assertThat(doubt.inGapNanos(GAP, GAP)).isEqualTo(GAP / 100 * 99);
  }

  @Test
  void nothingIsKeptOpenWhileNobodyAsks() {
    AtomicBoolean rested = new AtomicBoolean();
    Standstill doubt = new Doubt(new Part(GAP), () -> usedNanos, () -> rested.set(true));

    doubt.rest();

    assertThat(rested).isTrue();
  }

  @Test
  void whatIsNotKnownRaisesNoDoubt() {
    Standstill doubt = new Doubt(new Part(NOT_KNOWN), () -> -1, () -> {});
    doubt.note(0);

    assertThat(doubt.inGapNanos(GAP, GAP)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void theTimeOfAProcessIsBehindANameThatMayHoldAnything() {
    String stat = file("12 (a ) b) 7 (x) S 1 2 3 4 5 6 7 8 9 10 150 50 9 9 20 0\n");

    assertThat(new UsedTime(stat).getAsLong()).isEqualTo(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void theJdkIsAskedForTheTimeOfAProcessWhereThereIsNoFile() {
    UsedTime time = new UsedTime(folder.resolve("missing").toString());

    assertThat(time.getAsLong()).isPositive();
  }

  @Test
  void thisPlatformIsAskedWithoutHarm() {
    Standstill platform = Standstill.ofPlatform();

    platform.note(0);

    assertThat(platform.inGapNanos(GAP, GAP)).isBetween(NOT_KNOWN, GAP);
    platform.rest();
  }

  private String file(String text) {
    try {
      return Files.writeString(folder.resolve("file"), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Tells always the same. */
  private static final class Part implements Standstill {
    private final long nanos;

    Part(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public boolean note(long real) {
      return true;
    }

    @Override
    public long inGapNanos(long real, long gapNanos) {
      return nanos;
    }

    @Override
    public void rest() {}
  }
}
