package io.stallguard.benchmarks.busy;

/** Threads that take all the processor time that they can get. */
final class BusyThreads {
  private volatile boolean ended;

  private BusyThreads() {}

  static BusyThreads start(int count) {
    BusyThreads threads = new BusyThreads();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(threads::compute, "busy-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    return threads;
  }

  private void compute() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  void end() {
    ended = true;
  }
}
