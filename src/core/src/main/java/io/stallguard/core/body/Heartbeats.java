package io.stallguard.core.body;

import io.stallguard.core.words.Limit;
import java.util.concurrent.TimeUnit;

/** The heartbeats of one stream: how many have come, for how long, and how far apart. */
public final class Heartbeats {
  // Servers send some while an answer is queued, or in a burst as a greeting, and then none for
  // minutes: only what has been kept up for a while is kept up. Times are those at which the app
  // took them: what lay in a buffer makes a gap longer that went before, and lengthens the limit.

  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long KEPT_COUNT = 5;

  /**
   * How many turns, each as long as the longest gap, are missed before a subscription counts as
   * dead.
   */
  private static final long MISSED = 10;

  /** The longest gap that is counted: one of days would overflow when multiplied. */
  private static final long LONGEST_NANOS = Limit.OFF_NANOS / MISSED;

  /**
   * The heartbeats of a stream that has shown no heartbeat: many never do, and need no place for
   * them.
   */
  public static final Heartbeats NONE = new Heartbeats();

  private ShownName lastName = ShownName.NONE;
  private long count;
  private long firstAt;
  private long lastAt;
  private long longestGapNanos;

  /**
   * A heartbeat came.
   *
   * @return the stream's heartbeats from now on
   */
  public Heartbeats came(long now, ShownName name) {
    Heartbeats counted = this == NONE ? new Heartbeats() : this;
    counted.add(now, name);
    return counted;
  }

  private void add(long now, ShownName name) {
    if (count == 0) {
      firstAt = now;
    } else {
      longestGapNanos = Math.max(longestGapNanos, now - lastAt);
    }
    count++;
    lastAt = now;
    lastName = name;
  }

  public ShownName lastName() {
    return lastName;
  }

  /** Running time of the last heartbeat; means nothing before there was one. */
  public long lastAt() {
    return lastAt;
  }

  public long count() {
    return count;
  }

  /** Whether the heartbeats may be relied on to come. */
  public boolean areKept() {
    return count >= KEPT_COUNT && lastAt - firstAt >= KEPT_NANOS;
  }

  /** The longest time between two heartbeats; 0 before there were two. */
  public long longestGapNanos() {
    return longestGapNanos;
  }

  /**
   * How long it takes to miss so many heartbeats, once they are kept up, that their stream counts
   * as dead.
   */
  public long missedNanos() {
    return Math.min(longestGapNanos, LONGEST_NANOS) * MISSED;
  }
}
