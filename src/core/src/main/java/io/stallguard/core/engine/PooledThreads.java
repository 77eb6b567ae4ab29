package io.stallguard.core.engine;

import io.stallguard.core.wire.StarvedReaderLook;
import io.stallguard.core.wire.VirtualReaderLook;
import io.stallguard.core.words.Daemon;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which wires are looked at, exchanges are aborted and reports are written. The
 * watchdog gives them work, and so does the thread that ends the JVM.
 */
public final class PooledThreads implements Threads {
  // Pools of their own, because a look or an abort may hang, and what is to follow must not queue
  // behind it. They start threads on demand only, from the watchdog, and let them go when idle:
  // what a thread inherits (class loader, access rights, inheritable thread locals) is then ours
  // and never an app's.

  /**
   * How many looks may be under way at once: each may hang in an executor of the app's, and no app
   * has so many executors.
   */
  private static final int LOOKS = 16;

  private static final int ABORTS = 8;
  private static final int ESCALATIONS = 2;
  private static final int REPORTS = 1;
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final Pool looks = new Pool("stallguard-look", LOOKS);
  private final Pool aborts = new Pool("stallguard-abort", ABORTS);
  private final Pool escalations = new Pool("stallguard-escalate", ESCALATIONS);
  private final Pool reports = new Pool("stallguard-report", REPORTS);

  @Override
  public Executor looks() {
    return looks;
  }

  @Override
  public Executor aborts() {
    return aborts;
  }

  @Override
  public Executor escalations() {
    return escalations;
  }

  @Override
  public Executor reports() {
    return reports;
  }

  /**
   * Loads what the threads will need: a class of the JDK whose initialization fails for want of
   * memory is lost for good.
   */
  @Override
  public void prepare() {
    VirtualReaderLook.prepare();
    StarvedReaderLook.prepare();
    Swallower.prepare();
    looks.pool();
    aborts.pool();
    escalations.pool();
    reports.pool();
  }

  @Override
  public void tend() {
    looks.tend();
    aborts.tend();
    escalations.tend();
    reports.tend();
  }

  /**
   * A thread of a pool that dies of what its work let out, or of its own want of memory, does so
   * without a word on standard error, and the pool makes another.
   */
  private static final class Quiet implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable error) {
      // What work lets out has been kept by then: all of ours does so itself.
    }
  }

  /** A pool that is not there before it has work, which most JVMs never give it. */
  private static final class Pool implements Executor {
    private final String name;
    private final int threads;
    private @Nullable ThreadPoolExecutor pool;

    /**
     * Work on its way to a thread: one that waits here gets it before another thread is started.
     */
    private final LinkedTransferQueue<Runnable> waiting = new LinkedTransferQueue<>();

    Pool(String name, int threads) {
      this.name = name;
      this.threads = threads;
    }

    /**
     * Has a task run. Where no new thread is to be had, those that are there do it; if there is
     * none, this fails.
     */
    @Override
    public void execute(Runnable task) {
      ThreadPoolExecutor made = pool();
      try {
        if (!waiting.tryTransfer(task)) {
          made.execute(task);
        }
      } catch (OutOfMemoryError e) {
        if (made.getPoolSize() == 0 || !made.getQueue().offer(task)) {
          throw e;
        }
      }
    }

    /**
     * Starts a thread for what waits: a thread may go while it is given work, and its successor may
     * not be had at that moment.
     */
    synchronized void tend() {
      ThreadPoolExecutor made = pool;
      if (made != null && made.getPoolSize() == 0 && !made.getQueue().isEmpty()) {
        made.prestartCoreThread();
      }
    }

    private synchronized ThreadPoolExecutor pool() {
      ThreadPoolExecutor made = pool;
      if (made == null) {
        made =
            new ThreadPoolExecutor(
                threads, threads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, waiting, this::thread);
        made.allowCoreThreadTimeOut(true);
        pool = made;
      }
      return made;
    }

    private Thread thread(Runnable task) {
      Thread thread = Daemon.of(task, name);
      thread.setUncaughtExceptionHandler(new Quiet());
      return thread;
    }
  }
}
