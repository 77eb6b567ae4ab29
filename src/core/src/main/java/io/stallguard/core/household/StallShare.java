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
  private long sinceNanos;

  private boolean isAnew;
  private long lastUsedNanos;

  StallShare(HostLift lift, long nowNanos) {
    this.lift = lift;
    this.lastUsedNanos = nowNanos;
    samples.add(new Sample(nowNanos, 0, 0, 0));
  }

  /** Forgets what was, as the streams that are open have been counted. */
  void beginAnew(long nowNanos) {
    samples.clear();
    samples.add(new Sample(nowNanos, lift.opened(), lift.open(), stalls));
    sinceNanos = nowNanos;
    isAnew = true;
  }

  /**
   * Takes a sample, as the streams that are open have been counted again. That happens a few times
   * in each window.
   */
  void sample(long nowNanos, long windowNanos) {
    Sample last = samples.getLast();
    if (lift.open() > 0 || lift.opened() != last.opened) {
      lastUsedNanos = nowNanos;
    }
    samples.addLast(new Sample(nowNanos, lift.opened(), lift.open(), stalls));
    trim(nowNanos, windowNanos);
  }

  /** Forgets what is older than the window. */
  void trim(long nowNanos, long windowNanos) {
    while (samples.size() > 1 && nowNanos - samples.getFirst().nanos > windowNanos) {
      samples.removeFirst();
    }
  }

  /** Whether the host has had no stream for a window. */
  boolean isUnused(long nowNanos, long windowNanos) {
    return lift.opened() == samples.getLast().opened && nowNanos - lastUsedNanos > windowNanos;
  }

  /**
   * Counts a stream that stalled.
   *
   * @param beganNanos when its silence began
   * @return false if that was before this began anew
   */
  boolean add(long beganNanos) {
    if (isAnew && beganNanos - sinceNanos < 0) {
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
    private final long nanos;
    private final long opened;
    private final int open;
    private final long stalls;

    Sample(long nanos, long opened, int open, long stalls) {
      this.nanos = nanos;
      this.opened = opened;
      this.open = open;
      this.stalls = stalls;
    }
  }
}
