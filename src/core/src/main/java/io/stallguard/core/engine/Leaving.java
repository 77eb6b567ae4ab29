package io.stallguard.core.engine;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The agent's way out of a JVM that goes on: what has to be undone, in order. Any thread. */
public final class Leaving {
  private final List<Runnable> undoings = new ArrayList<>();
  private volatile boolean begun;

  /** Whether the agent has left, or is about to: nothing is begun any more. */
  public boolean isBegun() {
    return begun;
  }

  /**
   * Has something undone when the agent leaves, after what was named before; now if it has left.
   */
  public synchronized void add(Runnable undoing) {
    if (begun) {
      undoing.run();
    } else {
      undoings.add(undoing);
    }
  }

  /**
   * Leaves, once: undoes all that was named. A step that fails keeps no other from being done.
   *
   * @param failures is told what they threw
   * @return whether it had not begun before
   */
  // Who wants it may be code of the app, whose rights would count under a security manager.
  @SuppressWarnings("removal")
  public synchronized boolean begin(Consumer<Throwable> failures) {
    if (begun) {
      return false;
    }
    begun = true;
    AccessController.doPrivileged(
        (PrivilegedAction<Object>)
            () -> {
              undoings.forEach(undoing -> undo(undoing, failures));
              return "";
            });
    undoings.clear();
    return true;
  }

  private static void undo(Runnable undoing, Consumer<Throwable> failures) {
    try {
      undoing.run();
    } catch (Throwable t) {
      failures.accept(t);
    }
  }
}
