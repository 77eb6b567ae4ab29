package io.stallguard.probes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * When the app's readers and callbacks were released, told on standard output by a thread of its
 * own: whoever is released while the heap is full need not allocate anything.
 */
final class Releases {
  private static final long PERIOD_MILLIS = 50;
  private static final int LARGEST_BYTES = 1 << 20;
  private static final int SMALLEST_BYTES = 256;

  /** Each size that does not fit any more costs a whole collection. */
  private static final int STEP = 16;

  private final Map<String, AtomicLong> nanos = new ConcurrentHashMap<>();
  private volatile boolean full;

  private Releases() {}

  static Releases started() {
    Releases releases = new Releases();
    Thread teller = new Thread(releases::tell, "teller-of-releases");
    teller.setDaemon(true);
    teller.start();
    return releases;
  }

  /** Before the request. */
  void expect(String id) {
    nanos.put(id, new AtomicLong());
  }

  /** The first time counts. Allocates nothing. */
  void add(String id) {
    AtomicLong place = nanos.get(id);
    if (place != null) {
      place.compareAndSet(0, System.nanoTime());
    }
  }

  /** Returns at once unless the heap is full; allocates nothing. */
  void awaitHeap() {
    while (full) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
    }
  }

  /** Takes all that is left of the heap for a while, and what others give back meanwhile. */
  void fillHeap(long millis) {
    long beginNanos = System.nanoTime();
    long untilNanos = beginNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    full = true;
    @Nullable Object[] taken = null;
    while (System.nanoTime() - untilNanos < 0) {
      taken = takeAll(taken, untilNanos);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4 * PERIOD_MILLIS));
    }
    taken = null;
    long endNanos = System.nanoTime();
    full = false;
    System.out.println("FILLED\t" + beginNanos + "\t" + endNanos);
  }

  /** Until then at most: while others give back a little, each little piece costs a collection. */
  private static @Nullable Object @Nullable [] takeAll(
      @Nullable Object @Nullable [] before, long untilNanos) {
    @Nullable Object[] taken = before;
    for (int bytes = LARGEST_BYTES; bytes >= SMALLEST_BYTES; bytes /= STEP) {
      try {
        while (System.nanoTime() - untilNanos < 0) {
          taken = new Object[] {taken, new byte[bytes]};
        }
      } catch (OutOfMemoryError e) {
        // That is what is wanted; smaller pieces may still fit.
      }
    }
    return taken;
  }

  private void tell() {
    while (true) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
      awaitHeap();
      try {
        nanos.forEach(this::tell);
      } catch (OutOfMemoryError e) {
        // The heap was filled meanwhile: told in the next round.
      }
    }
  }

  private void tell(String id, AtomicLong place) {
    if (place.get() != 0) {
      System.out.println("RELEASED\t" + id + "\t" + place.get());
      nanos.remove(id);
    }
  }
}
