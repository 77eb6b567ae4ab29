package io.stallguard.core.household;

import io.stallguard.core.engine.HostLift;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many of one host's streams stalled of late. Watchdog only. */
final class StallShare {
  // Counts are compared with those of a sample that is a window old: the streams are those that
  // were open then and those that began since. In the time without ticks there is no stream, so the
  // last sample holds.

  private final HostLift lift;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long stalls;

  /** Since when silences count: those that began before say nothing new. */
  private long since;

  private boolean isAnew;
  private long lastUsedAt;

  StallShare(HostLift lift, long now) {
    this.lift = lift;
    this.lastUsedAt = now;
    samples.add(new Sample(now, 0, 0, 0));
  }

  /** Forgets what was, as the streams that are open have been counted. */
  void beginAnew(long now) {
    samples.clear();
    samples.add(new Sample(now, lift.opened(), lift.open(), stalls));
    since = now;
    isAnew = true;
  }

  /**
   * Takes a sample, as the streams that are open have been counted again. That happens a few times
   * in each window.
   */
  void sample(long now, long windowNanos) {
    Sample last = samples.getLast();
    if (lift.open() > 0 || lift.opened() != last.opened) {
      lastUsedAt = now;
    }
    samples.addLast(new Sample(now, lift.opened(), lift.open(), stalls));
    trim(now, windowNanos);
  }

  /** Forgets what is older than the window. */
  void trim(long now, long windowNanos) {
    while (samples.size() > 1 && now - samples.getFirst().at > windowNanos) {
      samples.removeFirst();
    }
  }

  /** Whether the host has had no stream for a window. */
  boolean isUnused(long now, long windowNanos) {
    return lift.opened() == samples.getLast().opened && now - lastUsedAt > windowNanos;
  }

  /**
   * Counts a stream that stalled.
   *
   * @param beganAt when its silence began
   * @return false if that was before this began anew
   */
  boolean add(long beganAt) {
    if (isAnew && beganAt - since < 0) {
      return false;
    }
    stalls++;
    return true;
  }

  /** How many streams stalled within the window. */
  long stalls() {
    return stalls - samples.getFirst().stalls;
  }

  /** How many streams there were within the window, those included that were open at its begin. */
  long streams() {
    Sample base = samples.getFirst();
    return lift.opened() - base.opened + base.open;
  }

  /** The counts at a time. */
  private static final class Sample {
    private final long at;
    private final long opened;
    private final int open;
    private final long stalls;

    Sample(long at, long opened, int open, long stalls) {
      this.at = at;
      this.opened = opened;
      this.open = open;
      this.stalls = stalls;
    }
  }
}
