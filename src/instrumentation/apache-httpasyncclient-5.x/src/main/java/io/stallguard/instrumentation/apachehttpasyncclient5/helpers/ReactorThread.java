package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.AppWorld;
import io.stallguard.core.engine.Telling;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread of a client's reactor: what runs there, and what is still to be run there. */
final class ReactorThread {
  // HttpCore has nothing by which a task can be brought to a reactor. So a connection of that
  // reactor is asked for output, and before it gives some, the tasks are run. Whoever is closed or
  // fails is brought to an end by the reactor itself.

  /** Of all threads, so that output without a task costs next to nothing. */
  private static final AtomicInteger TASKS = new AtomicInteger();

  private static final ThreadLocal<ReactorThread> CURRENT =
      ThreadLocal.withInitial(ReactorThread::new);

  private final AppWorld world = AppWorld.ofCaller();
  private final Queue<Telling> tasks = new ConcurrentLinkedQueue<>();

  /** That of the calling thread, which is one of a reactor. */
  static ReactorThread current() {
    return CURRENT.get();
  }

  AppWorld world() {
    return world;
  }

  /** Any thread. */
  void add(Telling task) {
    if (!tasks.contains(task)) {
      TASKS.incrementAndGet();
      tasks.add(task);
    }
  }

  /** A connection of the calling thread is about to give output. */
  static void beforeOutput() {
    if (TASKS.get() > 0) {
      CURRENT.get().runTasks();
    }
  }

  private void runTasks() {
    for (Telling task = tasks.poll(); task != null; task = tasks.poll()) {
      TASKS.decrementAndGet();
      run(task);
    }
  }

  private void run(Telling task) {
    try {
      world.enter(task);
    } catch (Throwable t) {
      // The app's own, which must not reach a connection that has nothing to do with it. What could
      // not be made ready is due still.
    }
  }
}
