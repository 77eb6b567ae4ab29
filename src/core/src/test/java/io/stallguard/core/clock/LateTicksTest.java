package io.stallguard.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LateTicksTest {
  private final LateTicks ticks = new LateTicks(4);

  @Test
  void withoutLateTicksAStampIsWhatItSays() {
    assertThat(ticks.latestAt(0)).isZero();
    assertThat(ticks.latestAt(7)).isEqualTo(7);
  }

  @Test
  void onlyTheStampOfALateTickIsLate() {
    ticks.add(10, 50);

    assertThat(ticks.latestAt(9)).isEqualTo(9);
    assertThat(ticks.latestAt(10)).isEqualTo(50);
    assertThat(ticks.latestAt(11)).isEqualTo(11);
    assertThat(ticks.latestAt(50)).isEqualTo(50);
  }

  @Test
  void whatIsTooMuchIsCoveredByTheLongestBesideIt() {
    ticks.add(0, 50);
    ticks.add(100, 130);
    ticks.add(200, 210);
    ticks.add(300, 310);
    ticks.add(400, 420);

    assertThat(ticks.latestAt(0)).isEqualTo(50);
    assertThat(ticks.latestAt(100)).isEqualTo(150);
    assertThat(ticks.latestAt(200)).isEqualTo(210);
    assertThat(ticks.latestAt(300)).isEqualTo(310);
    assertThat(ticks.latestAt(400)).isEqualTo(420);
    assertThat(ticks.latestAt(500)).isEqualTo(500);
  }

  @Property(tries = 200)
  void noStampIsEverTakenForEarlierThanItMayBe(
      @ForAll @IntRange(min = 1, max = 100) int count, @ForAll long seed) {
    LateTicks ticks = new LateTicks(4);
    Random random = new Random(seed);
    TreeMap<Long, Long> next = new TreeMap<>();
    long now = 0;
    long longest = 0;
    for (int i = 0; i < count; i++) {
      long after = now + 1 + random.nextInt(1000);
      next.put(now, after);
      longest = Math.max(longest, after - now);
      ticks.add(now, after);
      now = after + random.nextInt(3);
    }

    long most = longest;
    assertThat(next)
        .allSatisfy(
            (stamp, after) -> assertThat(ticks.latestAt(stamp)).isBetween(after, stamp + most));
    assertThat(ticks.size()).isLessThanOrEqualTo(4);
  }
}
