package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest {
  private static final long SLOT = DeadlineWheel.SLOT_NANOS;
  private static final long TURN = 1024 * SLOT;

  private final DeadlineWheel wheel = new DeadlineWheel();
  private final List<StreamEntry> looked = new ArrayList<>();

  @Test
  void anEntryIsLookedAtInTheFirstSlotAfterItsDeadline() {
    StreamEntry entry = entry();
    wheel.add(entry, 5 * SLOT + 1);

    wheel.expire(6 * SLOT - 1, looked::add);
    assertThat(looked).isEmpty();
    wheel.expire(6 * SLOT, looked::add);

    assertThat(looked).containsExactly(entry);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aDeadlineInThePastComesUpInTheNextSlot() {
    wheel.expire(100 * SLOT, looked::add);
    wheel.add(entry(), 3 * SLOT);

    wheel.expire(100 * SLOT, looked::add);
    assertThat(looked).isEmpty();
    wheel.expire(101 * SLOT, looked::add);

    assertThat(looked).hasSize(1);
  }

  @Test
  void aDeadlineFarAwayComesUpWithinOneTurn() {
    wheel.expire(10 * SLOT, looked::add);
    wheel.add(entry(), Limit.OFF_NANOS);

    wheel.expire(10 * SLOT + TURN - 2 * SLOT, looked::add);
    assertThat(looked).isEmpty();
    wheel.expire(10 * SLOT + TURN, looked::add);

    assertThat(looked).hasSize(1);
  }

  @Test
  void anEntryThatGoesInAgainWhileItIsLookedAtIsLookedAtOnceMoreAtItsNewDeadline() {
    wheel.add(entry(), SLOT);
    List<Integer> sizes = new ArrayList<>();

    wheel.expire(
        2 * SLOT,
        entry -> {
          sizes.add(wheel.size());
          wheel.add(entry, 4 * SLOT);
        });
    wheel.expire(4 * SLOT, looked::add);
    assertThat(looked).isEmpty();
    wheel.expire(5 * SLOT, looked::add);

    assertThat(sizes).containsExactly(0);
    assertThat(looked).hasSize(1);
  }

  @Test
  void anEntryThatIsAddedForAFullTurnIsNotMetAgainInTheSamePass() {
    wheel.add(entry(), SLOT);
    List<StreamEntry> met = new ArrayList<>();

    wheel.expire(
        2 * SLOT,
        entry -> {
          met.add(entry);
          wheel.add(entry, 2 * SLOT + TURN);
        });

    assertThat(met).hasSize(1);
    assertThat(wheel.size()).isEqualTo(1);
  }

  @Test
  void entriesOfOneSlotAllComeUpAtOnce() {
    for (int i = 0; i < 1000; i++) {
      wheel.add(entry(), 7 * SLOT);
    }

    wheel.expire(8 * SLOT, looked::add);

    assertThat(looked).hasSize(1000).doesNotHaveDuplicates();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aLeapOverManyTurnsMeetsEachEntryOnce() {
    for (int i = 0; i < 2000; i++) {
      wheel.add(entry(), i * SLOT / 2);
    }

    wheel.expire(50 * TURN, looked::add);

    assertThat(looked).hasSize(2000).doesNotHaveDuplicates();
  }

  @Test
  void noEntryWithinATurnIsEverEarlyNorLaterThanASlot() {
    Random random = new Random(42);
    Map<StreamEntry, Long> deadlines = new HashMap<>();
    long now = 0;
    for (int round = 0; round < 2000; round++) {
      StreamEntry entry = entry();
      long deadline = now + (long) (random.nextDouble() * (TURN - 2 * SLOT));
      deadlines.put(entry, deadline);
      wheel.add(entry, deadline);
      now += random.nextInt((int) SLOT * 3);
      long before = now;
      wheel.expire(now, due -> assertThat(deadlines.remove(due)).isLessThanOrEqualTo(before));
    }

    long latest = now - SLOT;
    assertThat(deadlines.values()).allMatch(deadline -> deadline > latest);
    assertThat(wheel.size()).isEqualTo(deadlines.size());
  }

  /** Looks and moves stay in proportion to what happens, however long the limits are. */
  @Test
  void anEntryOfALongLimitIsLookedAtOnceATurn() {
    long deadline = Duration.ofHours(1).toNanos();
    wheel.add(entry(), deadline);
    int[] looks = {0};

    for (long now = 0; now < deadline; now += 10 * SLOT) {
      wheel.expire(
          now,
          entry -> {
            looks[0]++;
            wheel.add(entry, deadline);
          });
    }

    assertThat(looks[0]).isBetween(350, 353);
  }

  private static StreamEntry entry() {
    return new StreamEntry(null, 0);
  }
}
