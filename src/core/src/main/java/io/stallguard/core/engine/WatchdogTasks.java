package io.stallguard.core.engine;

import io.stallguard.core.words.BoundedQueue;
import java.util.concurrent.TimeUnit;

/** What others want done on the watchdog's thread. Any thread asks. */
final class WatchdogTasks {
  /**
   * How many requests may wait: JMX asks for one thing at a time and gives up after ten seconds.
   */
  private static final int MOST = 256;

  /** How long what failed for want of memory or of a thread waits until it is done again. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BoundedQueue<Runnable> waiting = new BoundedQueue<>(MOST);

  /** When what failed is done again. Watchdog only. */
  private long dueAt;

  void add(Runnable request) {
    waiting.offer(request);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Does what waits, each once, or again later if there was no memory or thread for it. */
  void answer(long now) {
    if (now < dueAt) {
      return;
    }
    for (Runnable request = waiting.poll(); request != null; request = waiting.poll()) {
      try {
        request.run();
      } catch (OutOfMemoryError e) {
        waiting.offer(request);
        dueAt = now + AGAIN_NANOS;
        throw e;
      }
    }
  }
}
