package io.stallguard.core.engine;

import io.stallguard.core.words.Daemon;
import io.stallguard.core.words.Tick;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog's threads: there is one, and the next is at hand for when it dies. Any thread begins
 * the first; all else is for these threads themselves.
 */
public final class Succession implements Thread.UncaughtExceptionHandler, Runnable {
  // Nothing is known to get past the watchdog's own catch but an error that meets the very catch.
  // The JVM hands that to this handler, on the thread that dies and with its stack empty again. So
  // nobody has to look after the thread, and in particular no thread of the app, from which a new
  // one would inherit: what a thread object takes over it takes from the one that makes it, and
  // what the system adds (processors, priority) from the one that starts it. The next thread is
  // made long before, as there may be no memory for it then. If none can be started either, the one
  // that dies goes on.

  private final Watchdog watchdog;
  private final WatchdogListener listener;
  private final String name;

  /** The thread that is started next; null if there was no memory for it yet. */
  private volatile @Nullable Thread next;

  public Succession(Watchdog watchdog, WatchdogListener listener, String name) {
    this.watchdog = watchdog;
    this.listener = listener;
    this.name = name;
  }

  /** Starts the first thread. */
  public void begin() {
    thread().start();
  }

  private Thread thread() {
    Thread made = Daemon.of(this, name);
    made.setUncaughtExceptionHandler(this);
    return made;
  }

  /** Makes the successor, and runs the watchdog. On each thread of the watchdog. */
  @Override
  public void run() {
    try {
      next = thread();
    } catch (OutOfMemoryError e) {
      // Then this thread goes on, if it ever dies.
    }
    watchdog.run();
  }

  @Override
  public void uncaughtException(Thread dying, Throwable last) {
    listener.died(last);
    Thread successor = next;
    next = null;
    if (successor == null || !isStarted(successor)) {
      goOn();
    }
  }

  private static boolean isStarted(Thread successor) {
    try {
      successor.start();
      return true;
    } catch (Throwable t) {
      return false;
    }
  }

  private void goOn() {
    while (true) {
      try {
        watchdog.run();
      } catch (Throwable t) {
        listener.died(t);
        LockSupport.parkNanos(this, Tick.LONGEST_NANOS);
      }
    }
  }
}
