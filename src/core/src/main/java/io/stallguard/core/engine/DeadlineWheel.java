package io.stallguard.core.engine;

import io.stallguard.core.words.Tick;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are watched, each in the slot of the time at which it wants to be looked at.
 * Watchdog only.
 */
final class DeadlineWheel {
  // A ring of slots, each a linked list. No entry is ever more than one turn away (a later one
  // comes round early, is looked at, and goes in again), so there are no rounds to count and both
  // adding and expiring cost O(1). Watchdog thread only: no lock, no volatile.

  /** The length of a slot: as fine as the shortest tick. */
  static final long SLOT_NANOS = Tick.SHORTEST_NANOS;

  private static final int SLOTS = 1024;

  private final @Nullable StreamEntry[] slots = new @Nullable StreamEntry[SLOTS];
  private long expiredSlot;

  /** Entries that were taken out of a slot and not handed out yet. */
  private @Nullable StreamEntry taken;

  private int size;

  int size() {
    return size;
  }

  /** Puts an entry where it will be looked at no earlier than at its deadline, or after a turn. */
  void add(StreamEntry entry, long deadline) {
    long slot = Math.min(slotAfter(deadline), expiredSlot + SLOTS - 1);
    int index = (int) (Math.max(slot, expiredSlot + 1) & (SLOTS - 1));
    entry.next = slots[index];
    slots[index] = entry;
    size++;
  }

  /** Takes out what is due at this time and hands it to the watcher, which may add it again. */
  void expire(long now, Watcher watcher) {
    finish(watcher);
    long nowSlot = now / SLOT_NANOS;
    while (nowSlot > expiredSlot) {
      expiredSlot++;
      expireSlot(watcher);
    }
  }

  /** Hands out what a watcher that threw has left of its slot, to which nothing is added. */
  private void finish(Watcher watcher) {
    handOut(watcher);
    expireSlot(watcher);
  }

  private void expireSlot(Watcher watcher) {
    int index = (int) (expiredSlot & (SLOTS - 1));
    for (StreamEntry entry = slots[index]; entry != null; entry = slots[index]) {
      slots[index] = entry.next;
      entry.next = null;
      size--;
      watcher.look(entry);
    }
  }

  /** Shows the watcher all entries, which stay where they are. */
  void each(Watcher watcher) {
    for (StreamEntry first : slots) {
      each(first, watcher);
    }
    each(taken, watcher);
  }

  private static void each(@Nullable StreamEntry first, Watcher watcher) {
    for (StreamEntry entry = first; entry != null; entry = entry.next) {
      watcher.look(entry);
    }
  }

  /** Takes out all and hands each to the watcher, which may add it again. */
  void takeAll(Watcher watcher) {
    for (int index = 0; index < SLOTS; index++) {
      for (StreamEntry entry = slots[index]; entry != null; entry = slots[index]) {
        slots[index] = entry.next;
        entry.next = taken;
        taken = entry;
      }
    }
    handOut(watcher);
  }

  private void handOut(Watcher watcher) {
    for (StreamEntry entry = taken; entry != null; entry = taken) {
      taken = entry.next;
      entry.next = null;
      size--;
      watcher.look(entry);
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
