package io.stallguard.core.report;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How many stalls are reported in a minute; the others are counted. Written by the watchdog. */
public final class ReportRate {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private long begunAt;
  private int told;
  private final AtomicLong leftOut = new AtomicLong();

  public ReportRate(int most, long now) {
    this.most = most;
    this.begunAt = now;
  }

  /** The most reports of a minute. */
  public int most() {
    return most;
  }

  /** How many reports were left out that nobody has been told of. Any thread. */
  public long pending() {
    return leftOut.get();
  }

  /** Whether one more may be reported. */
  public boolean admits(long now) {
    if (leftOut.get() == 0 && now - begunAt >= MINUTE_NANOS) {
      begunAt = now;
      told = 0;
    }
    if (told < most) {
      told++;
      return true;
    }
    leftOut.incrementAndGet();
    return false;
  }

  /** Whether reports were left out that nobody has been told of. */
  public boolean hasLeftOut() {
    return leftOut.get() > 0;
  }

  /** How many reports were left out, once, when their minute is over; else 0. */
  public long leftOut(long now) {
    if (leftOut.get() == 0 || now - begunAt < MINUTE_NANOS) {
      return 0;
    }
    return leftOut.getAndSet(0);
  }
}
