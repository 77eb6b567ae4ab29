package io.stallguard.core.callbacks;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A callback of the app that is due. Any thread: the first that takes it runs it, once. */
public final class Telling implements Runnable {
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile @Nullable Supplier<Runnable> callback;

  /** Whether it was handed to {@link AppCallbacks}, under whose lock this is. */
  boolean queued;

  /** What is to be called behind the callback. Under the lock of this, as the next. */
  private @Nullable Runnable next;

  private boolean over;

  /**
   * Makes a callback that is due.
   *
   * @param callback makes what is needed for it, such as an exception, and gives what is to be
   *     called then. Where that fails, for want of memory say, the callback is still due.
   */
  public Telling(Supplier<Runnable> callback) {
    this.callback = callback;
  }

  /** Calls the app, unless another thread has begun to; throws what it throws. */
  @Override
  public void run() {
    Supplier<Runnable> due = callback;
    if (due == null || !begun.compareAndSet(false, true)) {
      return;
    }
    Runnable ready;
    try {
      ready = due.get();
    } catch (Throwable t) {
      begun.set(false);
      throw t;
    }
    // A queue that is looked at late is to hold nothing.
    callback = null;
    try {
      ready.run();
    } finally {
      end().run();
    }
  }

  /** Notes that what is due has been done otherwise. */
  public void drop() {
    if (begun.compareAndSet(false, true)) {
      callback = null;
    }
  }

  private synchronized Runnable end() {
    over = true;
    return next == null ? () -> {} : next;
  }

  /**
   * Has something called behind the callback, by the same thread. Once.
   *
   * @return false if the callback is over
   */
  synchronized boolean then(Runnable more) {
    if (!over) {
      next = more;
    }
    return !over;
  }

  /** Whether the callback was called and is back. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Whether a thread has taken the callback. */
  public boolean isBegun() {
    return begun.get();
  }
}
