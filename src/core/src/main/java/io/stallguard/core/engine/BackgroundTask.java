package io.stallguard.core.engine;

import io.stallguard.core.words.Daemon;

/**
 * Begins a task that may take long, on a daemon thread of its own. Watchdog only, as a new thread
 * inherits from the one that makes it.
 */
public final class BackgroundTask implements Runnable {
  // A class instead of a lambda: who asks may be in the middle of the loading of a class.

  private final String thread;
  private final Runnable task;

  public BackgroundTask(String thread, Runnable task) {
    this.thread = thread;
    this.task = task;
  }

  @Override
  public void run() {
    Daemon.of(task, thread).start();
  }
}
