package io.stallguard.core.engine;

import java.util.concurrent.TimeUnit;

/**
 * Remembers of which hold-ups people were told, so that each is told once a minute, however many
 * streams wait for it. Watchdog only.
 */
public final class RecentHoldups {
  // By keys and not by the threads themselves, which are to be collected when they are over.

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How many are remembered: with more of them at once the one or other is told twice. */
  private static final int PLACES = 64;

  private final int[] keys = new int[PLACES];
  private final long[] toldAt = new long[PLACES];
  private int count;

  /** Whether this one was not told within a minute; notes that it is told now. */
  public boolean admits(int key, long now) {
    for (int i = 0; i < Math.min(count, PLACES); i++) {
      if (keys[i] == key && now - toldAt[i] < MINUTE_NANOS) {
        return false;
      }
    }
    int place = count++ % PLACES;
    keys[place] = key;
    toldAt[place] = now;
    return true;
  }
}
