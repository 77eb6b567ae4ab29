package io.stallguard.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The agent's way out of a JVM that goes on: what it is to undo, in order. Any thread. */
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
   * Leaves, once: undoes all that was named. One that fails keeps no other from being undone.
   *
   * @param failures is told what they threw
   * @return whether it had not begun before
   */
  public synchronized boolean begin(Consumer<Throwable> failures) {
    if (begun) {
      return false;
    }
    begun = true;
    for (Runnable undoing : undoings) {
      try {
        undoing.run();
      } catch (Throwable t) {
        failures.accept(t);
      }
    }
    undoings.clear();
    return true;
  }
}
