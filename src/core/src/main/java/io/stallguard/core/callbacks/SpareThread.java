package io.stallguard.core.callbacks;

import io.stallguard.core.words.Daemon;
import java.util.concurrent.TimeUnit;

/**
 * Asks whether the JVM could start one more thread right now. A client whose own way to end an
 * exchange needs a thread may, where it gets none, lose more than that exchange. Any thread of
 * ours.
 */
public final class SpareThread {
  /**
   * How long a refusal counts: each thread that cannot be started is told by the JVM on standard
   * output.
   */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Runnable NOTHING = new Nothing();

  private static volatile boolean refused;
  private static volatile long refusedAt;

  private SpareThread() {}

  /**
   * Whether a thread is to be had: starts one that does nothing, and lets it end. Not within a
   * second of one that was refused.
   */
  public static boolean isToBeHad() {
    if (refused && System.nanoTime() - refusedAt < AGAIN_NANOS) {
      return false;
    }
    refused = !isStarted();
    refusedAt = System.nanoTime();
    return !refused;
  }

  private static boolean isStarted() {
    Thread thread = Daemon.of(NOTHING, "stallguard-spare");
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      return false;
    }
    try {
      // Until it has ended its place is not free for anybody else.
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** A class, because to link a lambda takes much memory. */
  private static final class Nothing implements Runnable {
    @Override
    public void run() {
      // To start is all.
    }
  }
}
