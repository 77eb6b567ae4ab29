package io.stallguard.testing.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The pauses before the pieces of an answer: all alike, or random ones of a seed that stands in the
 * path, so that whoever knows the path knows them as well.
 */
final class Gaps {

  /** Two of three are as short as those between tokens, the others near the longest. */
  private static final int ONE_IN = 3;

  private static final int SHORT_MILLIS = 300;
  private static final int LONGEST_MILLIS = 1000;
  private static final int LENGTH_MILLIS = 5000;
  private static final int EVENTS = 10;

  private final List<Long> millis;

  private Gaps(List<Long> millis) {
    this.millis = millis;
  }

  static Gaps of(ScenarioSettings settings, long periodMillis) {
    return new Gaps(
        settings.has(ScenarioSettings.SEED) ? random(settings) : alike(settings, periodMillis));
  }

  private static List<Long> alike(ScenarioSettings settings, long periodMillis) {
    List<Long> all = new ArrayList<>();
    for (long i = 0; i < settings.number(ScenarioSettings.EVENTS, EVENTS); i++) {
      all.add(periodMillis);
    }
    return all;
  }

  private static List<Long> random(ScenarioSettings settings) {
    Random random = new Random(settings.number(ScenarioSettings.SEED, 0));
    int longest = (int) settings.number(ScenarioSettings.GAP_MS, LONGEST_MILLIS);
    long left = settings.number(ScenarioSettings.LENGTH_MS, LENGTH_MILLIS);
    List<Long> all = new ArrayList<>();
    while (left > 0) {
      int gap = gap(random, longest);
      all.add((long) gap);
      left -= gap;
    }
    return all;
  }

  private static int gap(Random random, int longest) {
    if (random.nextInt(ONE_IN) > 0) {
      return 1 + random.nextInt(Math.min(SHORT_MILLIS, longest));
    }
    // Half of these are the longest itself.
    return longest - Math.max(0, random.nextInt(longest) - longest / 2);
  }

  /** How many pieces there are. */
  int count() {
    return millis.size();
  }

  /** How long the pause before a piece is. */
  long millis(int piece) {
    return millis.get(piece);
  }
}
