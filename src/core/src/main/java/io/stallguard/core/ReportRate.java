package io.stallguard.core;

import java.util.concurrent.TimeUnit;

/** How many stalls are reported in a minute; the others are counted. Written by the watchdog. */
final class ReportRate {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private long begunNanos;
  private int told;
  private volatile long leftOut;

  ReportRate(int most, long nowNanos) {
    this.most = most;
    this.begunNanos = nowNanos;
  }

  /** How many that is. */
  int most() {
    return most;
  }

  /** How many were left out that nobody has been told of. Any thread. */
  long pending() {
    return leftOut;
  }

  /** Whether one more may be reported. */
  boolean admits(long nowNanos) {
    if (leftOut == 0 && nowNanos - begunNanos >= MINUTE_NANOS) {
      begunNanos = nowNanos;
      told = 0;
    }
    if (told < most) {
      told++;
      return true;
    }
    leftOut = leftOut + 1;
    return false;
  }

  /** Whether some were left out that nobody has been told of. */
  boolean hasLeftOut() {
    return leftOut > 0;
  }

  /** How many were left out, once, when their minute is over; else 0. */
  long leftOut(long nowNanos) {
    if (leftOut == 0 || nowNanos - begunNanos < MINUTE_NANOS) {
      return 0;
    }
    long count = leftOut;
    leftOut = 0;
    return count;
  }
}
