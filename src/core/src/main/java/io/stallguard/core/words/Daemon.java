package io.stallguard.core.words;

/** A thread of the agent's own: keeps no JVM alive, and has the agent's loader as context. */
public final class Daemon {
  private Daemon() {}

  /**
   * A thread that is not started yet. What it inherits comes from the caller, who is to be a thread
   * of ours.
   */
  public static Thread of(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Daemon.class.getClassLoader());
    return thread;
  }
}
