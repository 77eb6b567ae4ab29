package io.stallguard.core.words;

import java.util.concurrent.TimeUnit;

/** The lengths of limits that are recommended, and which of them is long enough. */
public final class LimitSteps {
  // A limit that is recommended is at least twice what a healthy stream was seen to need, and never
  // so short that a hiccup of the network or a model that thinks for once would exceed it.

  private static final long[] SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600
  };

  private static final long SHORTEST_SECONDS = 30;
  private static final int MARGIN = 2;

  private LimitSteps() {}

  /** The length at this place of the list, shortest first. */
  public static long seconds(int index) {
    return SECONDS[index];
  }

  /** The setting for streams that are silent for so long and healthy: {@code 2m}. */
  public static String longEnoughFor(long silentMillis) {
    for (long seconds : SECONDS) {
      if (seconds >= SHORTEST_SECONDS
          && TimeUnit.SECONDS.toMillis(seconds) >= MARGIN * silentMillis) {
        return text(seconds);
      }
    }
    return "off";
  }

  /** A length as a setting is written. */
  public static String text(long seconds) {
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
