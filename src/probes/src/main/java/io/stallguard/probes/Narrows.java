package io.stallguard.probes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How few threads an app leaves to its clients, as system properties have it, and what they are.
 */
final class Narrows {
  /** A consumer that blocks holds up all connections of its reactor, so some more of them. */
  private static final int REACTORS = Integer.getInteger("probe.reactors", 16);

  private static final int POOL = Integer.getInteger("probe.pool", 0);

  private static final List<Executor> POOLS = new CopyOnWriteArrayList<>();

  private Narrows() {}

  /** Threads of a client that has reactors. */
  static int reactors() {
    return REACTORS;
  }

  /** Threads of the executor that a client is given, 0 for the client's own. */
  static int pool() {
    return POOL;
  }

  /** An executor for a client. */
  static Executor newPool() {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            POOL,
            task -> {
              Thread thread = new Thread(task, "pool-of-the-app");
              thread.setDaemon(true);
              return thread;
            });
    POOLS.add(pool);
    return pool;
  }

  /** How many of these there are by now. */
  static int pools() {
    return POOLS.size();
  }

  /** Has each of these executors run something so often. */
  static void execute(int times, Runnable task) {
    for (Executor pool : POOLS) {
      for (int i = 0; i < times; i++) {
        pool.execute(task);
      }
    }
  }
}
