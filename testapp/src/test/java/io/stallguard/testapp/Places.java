package io.stallguard.testapp;

import java.util.concurrent.Semaphore;

/**
 * The places for what has JVMs of its own, in all classes of tests together: a JVM that waits costs
 * nothing, but it starts before and says goodbye after, and on a machine full of those a healthy
 * server looks silent.
 */
final class Places {
  /** Fair, and taken in the order in which results are asked for: who is waited for is not last. */
  private static final Semaphore FREE =
      new Semaphore(1 + Runtime.getRuntime().availableProcessors(), true);

  private Places() {}

  static void take() {
    FREE.acquireUninterruptibly();
  }

  static void give() {
    FREE.release();
  }
}
