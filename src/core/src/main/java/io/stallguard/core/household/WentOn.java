package io.stallguard.core.household;

import io.stallguard.core.words.LimitSteps;
import java.util.concurrent.TimeUnit;

/** The streams of one host that went on after a silence longer than their own limit. */
final class WentOn {
  // Told once, some time after the first: by then the others of the same crowd have shown how long
  // they are silent, and the advice is not too short for them.

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long streams;
  private long longestNanos;
  private long firstAt;
  private long lastAt;
  private String limit = "";
  private String limitText = "";
  private boolean told;

  /**
   * A stream of the host went on after such a silence.
   *
   * @param limitName of its own limit
   * @param shownLimit that limit with length and source
   */
  void add(String limitName, String shownLimit, long silentNanos, long now) {
    if (streams++ == 0) {
      firstAt = now;
    }
    lastAt = now;
    if (silentNanos > longestNanos) {
      longestNanos = silentNanos;
      limit = limitName;
      limitText = shownLimit;
    }
  }

  /** Whether any stream went on since this time. */
  boolean isAnySince(long beganAt) {
    return streams > 0 && lastAt - beganAt >= 0;
  }

  /** Whether it is time to tell. */
  boolean isDue(long now) {
    return !told && streams > 0 && now - firstAt >= WAIT_NANOS;
  }

  /** Whether the line with the advice is still to be told. */
  boolean isOwed() {
    return !told && streams > 0;
  }

  /** The line with the advice. */
  String tell(String host) {
    told = true;
    long millis = TimeUnit.NANOSECONDS.toMillis(longestNanos);
    return "limit too short for "
        + host
        + ": "
        + limitText
        + "; "
        + streams
        + " streams went on after longer silences, of up to "
        + millis / 1000
        + '.'
        + millis % 1000 / 100
        + " s; recommended: "
        + limit
        + '='
        + LimitSteps.longEnoughFor(millis);
  }
}
