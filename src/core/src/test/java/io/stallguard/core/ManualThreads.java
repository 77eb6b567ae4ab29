package io.stallguard.core;

import io.stallguard.core.engine.Threads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs work at once, on the caller's thread, unless the test holds it back. */
public final class ManualThreads implements Threads {
  public final Queue<Runnable> heldAborts = new ArrayDeque<>();
  public final Queue<Runnable> heldEscalations = new ArrayDeque<>();
  public final Queue<Runnable> heldReports = new ArrayDeque<>();
  public final Queue<Runnable> heldLooks = new ArrayDeque<>();
  public boolean holdLooks;
  public boolean holdAborts;
  public boolean holdEscalations;
  public boolean holdReports;

  /** What comes of starting a thread, null if it starts. */
  public Throwable failure;

  @Override
  public Executor looks() {
    return task -> runOrHold(task, holdLooks, heldLooks);
  }

  @Override
  public Executor aborts() {
    return task -> runOrHold(task, holdAborts, heldAborts);
  }

  @Override
  public Executor escalations() {
    return task -> runOrHold(task, holdEscalations, heldEscalations);
  }

  @Override
  public Executor reports() {
    return task -> runOrHold(task, holdReports, heldReports);
  }

  private void runOrHold(Runnable task, boolean hold, Queue<Runnable> held) {
    if (failure != null) {
      throw ManualThreads.<RuntimeException>thrown(failure);
    }
    if (hold) {
      held.add(task);
    } else {
      task.run();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T thrown(Throwable any) throws T {
    throw (T) any;
  }
}
