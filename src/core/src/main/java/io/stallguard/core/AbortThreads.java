package io.stallguard.core;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads on which exchanges are aborted and reports are written. */
final class AbortThreads implements Threads {
  // Two pools, because an abort may hang and its escalation must not queue behind it. Both start
  // threads on demand only, from the watchdog, and let them go when idle: what a thread inherits
  // (class loader, access rights, inheritable thread locals) is then ours and never an app's.

  private static final int ABORTS = 8;
  private static final int ESCALATIONS = 2;
  private static final int REPORTS = 1;
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final Executor aborts = new Pool("stallguard-abort", ABORTS);
  private final Executor escalations = new Pool("stallguard-escalate", ESCALATIONS);
  private final Executor reports = new Pool("stallguard-report", REPORTS);

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

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(AbortThreads.class.getClassLoader());
    return thread;
  }

  /** A pool that is not there before it has work, which most JVMs never give it. */
  private static final class Pool implements Executor {
    private final String name;
    private final int threads;
    private @Nullable ThreadPoolExecutor pool;

    Pool(String name, int threads) {
      this.name = name;
      this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
      pool().execute(task);
    }

    private synchronized ThreadPoolExecutor pool() {
      ThreadPoolExecutor made = pool;
      if (made == null) {
        made =
            new ThreadPoolExecutor(
                threads,
                threads,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, name));
        made.allowCoreThreadTimeOut(true);
        pool = made;
      }
      return made;
    }
  }
}
