package io.stallguard.core.clock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered stretches of a clock that never goes back, in order. When there are too many, each two
 * neighbours become one. One thread adds, any thread may ask.
 */
abstract class Stretches {
  // Nothing here allocates or waits. A version is odd while something is being written; who reads
  // compares it before and after, and reads again if it was another. To write takes a few
  // nanoseconds, or some microseconds once in a long while, so who still gets no answer after some
  // tries has met a writer without a core: there is an answer for that which errs on the late side.

  private static final int CELLS = 3;
  private static final int LAST = 1;
  private static final int NUMBER = 2;
  private static final int TRIES = 100;

  private final int most;
  private final AtomicLongArray cells;
  private final AtomicInteger version = new AtomicInteger();
  private volatile int size;

  /** The last time of the last stretch. */
  private volatile long newest = Long.MIN_VALUE;

  Stretches(int most) {
    this.most = most;
    this.cells = new AtomicLongArray(CELLS * most);
  }

  /** Adds what comes after all others: one time, with its number. One thread. */
  final void append(long time, long number) {
    version.incrementAndGet();
    try {
      if (size == most) {
        fold();
      }
      int index = size;
      set(index, time, time, number);
      size = index + 1;
      newest = time;
    } finally {
      version.incrementAndGet();
    }
  }

  /** Makes half as many stretches, each of them from the begin of one to the end of the next. */
  private void fold() {
    for (int i = 0; 2 * i + 1 < most; i++) {
      set(i, first(2 * i), last(2 * i + 1), joined(number(2 * i), number(2 * i + 1)));
    }
    size = most / 2;
  }

  private void set(int index, long first, long last, long number) {
    cells.set(CELLS * index, first);
    cells.set(CELLS * index + LAST, last);
    cells.set(CELLS * index + NUMBER, number);
  }

  /** The number of the stretch that two become. */
  abstract long joined(long earlier, long later);

  /** What the stretches say of a time that is not after all of them. */
  abstract long answer(long time);

  /** What is said of a time while the watchdog writes, where a reader gets no answer. */
  abstract long unsure(long time);

  /** The answer; the default if the time is after all stretches. Any thread. */
  final long ask(long time, long otherwise) {
    if (newest < time) {
      return otherwise;
    }
    for (int i = 0; i < TRIES; i++) {
      int before = version.get();
      long answer = (before & 1) == 0 ? answer(time) : otherwise;
      if ((before & 1) == 0 && version.get() == before) {
        return answer;
      }
      LockSupport.parkNanos(1);
    }
    return unsure(time);
  }

  /** The last stretch that begins at this time or before, -1 if there is none. */
  final int indexOf(long time) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (first(middle) <= time) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  final int size() {
    return size;
  }

  private long first(int index) {
    return cells.get(CELLS * index);
  }

  final long last(int index) {
    return cells.get(CELLS * index + LAST);
  }

  final long number(int index) {
    return cells.get(CELLS * index + NUMBER);
  }
}
