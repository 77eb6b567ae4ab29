package io.stallguard.tooling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Has the warm-up stand still when the JVM ends, between two classes. */
final class WarmUpEnd implements Runnable {
  // JDK 26 waits at its end for the callbacks to agents that are under way, and the definition of
  // each class is one. If such a callback meets a safepoint meanwhile, both wait for a minute
  // (JDK-8387045). Elsewhere it saves work that nobody wants any more.

  private static final long LIMIT_SECONDS = 1;

  private final ReentrantLock advance;

  /**
   * @param advance what the warm-up holds
   */
  WarmUpEnd(ReentrantLock advance) {
    this.advance = advance;
  }

  /** Takes the lock and keeps it: what it locks out is not to begin again. */
  @Override
  public void run() {
    try {
      boolean unused = advance.tryLock(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
