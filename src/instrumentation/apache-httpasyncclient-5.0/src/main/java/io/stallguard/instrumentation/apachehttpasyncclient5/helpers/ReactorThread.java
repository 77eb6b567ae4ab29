package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.wire.Look;
import io.stallguard.core.wire.SelectorLook;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hc.core5.http.HttpConnection;

/** A thread of a client's reactor: what runs there, and what is still to be run there. */
final class ReactorThread {
  // HttpCore has nothing by which a task can be brought to a reactor. So a connection of that
  // reactor is asked for output, and when it has given some, the tasks are run. Whoever is closed
  // or fails is brought to an end by the reactor itself.

  private static final ThreadLocal<ReactorThread> CURRENT =
      ThreadLocal.withInitial(ReactorThread::new);

  private final Thread thread = Thread.currentThread();
  private final AppWorld world = AppWorld.ofCaller();
  private final Queue<Telling> tasks = new ConcurrentLinkedQueue<>();
  private final Passes passes = new Passes();

  /** The reactor's thread that is the calling one. */
  static ReactorThread current() {
    return CURRENT.get();
  }

  AppWorld world() {
    return world;
  }

  /** The thread itself: what a look waits for that is not answered. */
  Thread thread() {
    return thread;
  }

  /** Adds a task that is to be run there. Any thread. */
  void add(Telling task) {
    if (!tasks.contains(task)) {
      tasks.add(task);
    }
  }

  /** Looks at the connection of an exchange. A thread for looks. */
  void look(Carrier carrier, Look look) {
    if (!thread.isAlive()) {
      // It ended by an error of the app's, say: what it has not read nobody reads.
      look.nothing();
      return;
    }
    passes.ask(carrier, look);
    try {
      carrier.wake();
    } catch (RuntimeException e) {
      // The connection is no more a part of the reactor.
      look.nothing();
    }
    SelectorLook.await(look, thread);
  }

  /**
   * Closes the connection of an exchange if this has ended, by an error of the app's, say: then it
   * reads, writes and closes nothing any more, for nobody.
   *
   * @return whether it has ended
   */
  boolean closesIfDead(Carrier carrier) throws ReflectiveOperationException {
    if (thread.isAlive()) {
      return false;
    }
    carrier.closeWithoutReactor();
    return true;
  }

  /** A connection of the calling thread has given output. */
  static void afterOutput(HttpConnection connection) {
    ReactorThread current = CURRENT.get();
    // First: a task is code of the app, and may block.
    current.passes.passed(connection);
    current.runTasks();
  }

  private void runTasks() {
    for (Telling task = tasks.poll(); task != null; task = tasks.poll()) {
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
