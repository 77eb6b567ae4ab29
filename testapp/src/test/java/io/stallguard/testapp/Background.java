package io.stallguard.testapp;

/** Threads for what tests begin before it is asked for. */
final class Background {
  private Background() {}

  static void run(Runnable task) {
    Thread thread = new Thread(task, "test-background");
    thread.setDaemon(true);
    thread.start();
  }
}
