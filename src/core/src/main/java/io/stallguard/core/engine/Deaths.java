package io.stallguard.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How often a thread of the watchdog died, of what, and whether that was told. Watchdog only: the
 * thread that dies notes it, the next one tells it.
 */
public final class Deaths {
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable Throwable last;

  /** How many deaths were told. Watchdog only. */
  private int told;

  /** Notes that a thread dies of this, and that another one is going to run. Must not fail. */
  public void note(Throwable cause) {
    last = cause;
    count.incrementAndGet();
  }

  public boolean isTold() {
    return count.get() == told;
  }

  /** What is to be told if a thread has died meanwhile, else null. Watchdog only. */
  public @Nullable String line() {
    int now = count.get();
    Throwable cause = last;
    return now == told || cause == null
        ? null
        : "the watchdog died and was started again (" + now + " in all): " + cause;
  }

  /** Notes that it was told. Watchdog only. */
  public void noteTold() {
    told = count.get();
  }
}
