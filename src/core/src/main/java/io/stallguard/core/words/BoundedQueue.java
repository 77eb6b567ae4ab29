package io.stallguard.core.words;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A queue from many threads to another one, which may be stuck: there are never more things in it
 * than a bound, and what was left out is counted. Nobody waits here. Any thread.
 */
public final class BoundedQueue<T> {
  private final int most;
  private final Queue<T> items = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong leftOut = new AtomicLong();

  /** Makes an empty queue that never holds more than this. */
  public BoundedQueue(int most) {
    this.most = most;
  }

  /** Adds something, unless that is one too many, or there is no memory for it. */
  public boolean offer(T item) {
    if (size.incrementAndGet() > most) {
      return refuse();
    }
    try {
      return items.add(item);
    } catch (OutOfMemoryError e) {
      return refuse();
    }
  }

  private boolean refuse() {
    size.decrementAndGet();
    leaveOut();
    return false;
  }

  /** Counts a thing that was lost on another part of its way. */
  public void leaveOut() {
    leftOut.incrementAndGet();
  }

  /** Takes out the first, null if there is none. */
  public @Nullable T poll() {
    T first = items.poll();
    if (first != null) {
      size.decrementAndGet();
    }
    return first;
  }

  /** Whether there is nothing to be had. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** How many were left out since this was asked last. */
  public long takeLeftOut() {
    return leftOut.get() == 0 ? 0 : leftOut.getAndSet(0);
  }
}
