package io.stallguard.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The streams that the watchdog has not seen yet. Any thread adds, without allocation or lock. */
final class OpenedStreams {
  // Linked by the entries themselves. If the watchdog does not come for long, who adds takes out
  // those that are over meanwhile, so that no more are held than there are open streams. That is
  // tried again when there are twice as many as were left, and so costs each of them a few steps.

  /**
   * From how many streams on who adds looks for those that are over: more than any healthy app
   * opens in a tick.
   */
  static final int LOOK_AT = 4096;

  private final AtomicReference<@Nullable StreamEntry> first = new AtomicReference<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile int lookAt = LOOK_AT;

  /** Streams that were taken from the list and not handed out yet. Watchdog only. */
  private @Nullable StreamEntry taken;

  void add(StreamEntry entry) {
    push(entry);
    if (size.get() > lookAt) {
      lookAt = Integer.MAX_VALUE;
      takeOutWhatIsOver();
      lookAt = Math.max(LOOK_AT, 2 * size.get());
    }
  }

  private void push(StreamEntry entry) {
    size.incrementAndGet();
    StreamEntry seen;
    do {
      seen = first.get();
      entry.next = seen;
    } while (!first.compareAndSet(seen, entry));
  }

  private void takeOutWhatIsOver() {
    StreamEntry entry = takeAll();
    while (entry != null) {
      StreamEntry next = entry.next;
      if (entry.get() != null) {
        push(entry);
      }
      entry = next;
    }
  }

  private @Nullable StreamEntry takeAll() {
    StreamEntry all = first.getAndSet(null);
    int count = 0;
    for (StreamEntry entry = all; entry != null; entry = entry.next) {
      count++;
    }
    size.addAndGet(-count);
    return all;
  }

  /** Takes a stream out, null if there is none. Watchdog only. */
  @Nullable StreamEntry poll() {
    StreamEntry one = taken == null ? takeAll() : taken;
    if (one != null) {
      taken = one.next;
      one.next = null;
    }
    return one;
  }

  /** Whether no stream waits here. Watchdog only. */
  boolean isEmpty() {
    return taken == null && first.get() == null;
  }

  int size() {
    return size.get();
  }
}
