package io.stallguard.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock in nanoseconds that moves only when a test moves it; like {@link System#nanoTime()} it
 * may start anywhere and wraps around, so start it near {@link Long#MAX_VALUE} to find code that
 * compares times instead of their difference.
 */
public final class ManualClock implements LongSupplier {

  private final AtomicLong nowNanos;

  public ManualClock() {
    this(0);
  }

  public ManualClock(long startNanos) {
    nowNanos = new AtomicLong(startNanos);
  }

  /** A clock that wraps around after this time. */
  public static ManualClock wrappingAfter(Duration time) {
    return new ManualClock(Long.MAX_VALUE - time.toNanos());
  }

  @Override
  public long getAsLong() {
    return nowNanos.get();
  }

  /**
   * @param step not negative: a monotonic clock never goes back
   */
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("a monotonic clock cannot advance by " + step);
    }
    nowNanos.addAndGet(step.toNanos());
  }
}
