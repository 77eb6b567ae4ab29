package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** The streams that are watched, each in the slot of the time at which it wants to be looked at. */
final class DeadlineWheel {
  // A ring of slots, each a linked list. No entry is ever more than one turn away (a later one
  // comes round early, is looked at, and goes in again), so there are no rounds to count and both
  // adding and expiring cost O(1). Watchdog thread only: no lock, no volatile.

  /** As fine as the shortest tick. */
  static final long SLOT_NANOS = Tick.SHORTEST_NANOS;

  private static final int SLOTS = 1024;

  private final @Nullable StreamEntry[] slots = new @Nullable StreamEntry[SLOTS];
  private long expiredSlot;
  private int size;

  int size() {
    return size;
  }

  /** Puts an entry where it will be looked at no earlier than at its deadline, or after a turn. */
  void add(StreamEntry entry, long deadlineNanos) {
    long slot = Math.min(slotAfter(deadlineNanos), expiredSlot + SLOTS - 1);
    int index = (int) (Math.max(slot, expiredSlot + 1) & (SLOTS - 1));
    entry.next = slots[index];
    slots[index] = entry;
    size++;
  }

  /** Takes out what is due at this time and hands it to the watcher, which may add it again. */
  void expire(long nowNanos, Watcher watcher) {
    long nowSlot = nowNanos / SLOT_NANOS;
    while (nowSlot > expiredSlot) {
      expiredSlot++;
      expireSlot((int) (expiredSlot & (SLOTS - 1)), watcher);
    }
  }

  private void expireSlot(int index, Watcher watcher) {
    StreamEntry entry = slots[index];
    slots[index] = null;
    while (entry != null) {
      StreamEntry next = entry.next;
      entry.next = null;
      size--;
      watcher.look(entry);
      entry = next;
    }
  }

  /** Takes out all and hands each to the watcher, which may add it again. */
  void takeAll(Watcher watcher) {
    StreamEntry all = null;
    for (int index = 0; index < SLOTS; index++) {
      StreamEntry entry = slots[index];
      slots[index] = null;
      while (entry != null) {
        StreamEntry next = entry.next;
        entry.next = all;
        all = entry;
        entry = next;
      }
    }
    size = 0;
    while (all != null) {
      StreamEntry next = all.next;
      all.next = null;
      watcher.look(all);
      all = next;
    }
  }

  private static long slotAfter(long nanos) {
    return nanos / SLOT_NANOS + 1;
  }

  /** Looks at an entry that has fallen due. */
  interface Watcher {
    void look(StreamEntry entry);
  }
}
