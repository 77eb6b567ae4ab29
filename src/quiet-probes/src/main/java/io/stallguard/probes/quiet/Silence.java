package io.stallguard.probes.quiet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A wait that has to be as long as the job says, or the job proves nothing. */
final class Silence {
  private final long startNanos = System.nanoTime();

  private Silence() {}

  static Silence begin() {
    return new Silence();
  }

  /**
   * To be called when what was awaited is there.
   *
   * @throws IllegalStateException if it came earlier than this
   */
  void lasted(long millis) {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    // Two clocks: the one that sends may be ahead by a tick.
    if (waited < millis - 100) {
      throw new IllegalStateException("waited for " + waited + " ms only, not for " + millis);
    }
  }

  /** On a thread of its own: who sleeps in the common pool keeps clients from working. */
  static CompletableFuture<Void> serve(Runnable server) {
    return CompletableFuture.runAsync(server, task -> new Thread(task, "peer").start());
  }

  static void keep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
