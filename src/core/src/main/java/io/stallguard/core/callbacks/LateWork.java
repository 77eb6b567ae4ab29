package io.stallguard.core.callbacks;

import io.stallguard.core.words.Daemon;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that is left to do if a client has not done it in time. Runs code of clients, and none of
 * apps. Threads of ours give it; the making of the pool is for any thread.
 */
final class LateWork {
  /** Several, so that work that hangs, in a lock of the client's say, does not hold up the rest. */
  private static final int THREADS = 4;

  private static final long KEEP_ALIVE_SECONDS = 10;

  private volatile @Nullable ScheduledThreadPoolExecutor pool;

  /** Makes the pool, without a thread. Any thread. */
  ScheduledThreadPoolExecutor pool() {
    ScheduledThreadPoolExecutor made = pool;
    return made == null ? made() : made;
  }

  private synchronized ScheduledThreadPoolExecutor made() {
    ScheduledThreadPoolExecutor made = pool;
    if (made == null) {
      made = new ScheduledThreadPoolExecutor(THREADS, LateWork::thread);
      made.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
      made.allowCoreThreadTimeOut(true);
      pool = made;
    }
    return made;
  }

  private static Thread thread(Runnable task) {
    return Daemon.of(task, "stallguard-late");
  }

  /**
   * Has something done after a while. Threads of ours only, as those for it inherit from them.
   *
   * @param work may be done more than once, and is lost if it throws
   * @throws OutOfMemoryError if no thread is to be had now
   */
  void add(Runnable work, long millis) {
    Future<?> unused = pool().schedule(work, millis, TimeUnit.MILLISECONDS);
  }
}
