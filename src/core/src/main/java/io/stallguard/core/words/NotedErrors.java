package io.stallguard.core.words;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Errors that were met where nothing may be allocated, logged or waited for: kept until somebody
 * tells them who may do all that. Any thread.
 */
public final class NotedErrors {
  // All memory is had at the start. A slot belongs to one place and class of errors, of which the
  // first is kept and all are counted. The error is stored last and taken first: a slot without one
  // is free or is being filled. What finds no slot is counted all the same.

  private static final int SLOTS = 16;

  private final AtomicReferenceArray<@Nullable String> places = new AtomicReferenceArray<>(SLOTS);
  private final AtomicReferenceArray<@Nullable Throwable> errors =
      new AtomicReferenceArray<>(SLOTS);
  private final AtomicLongArray more = new AtomicLongArray(SLOTS);
  private final AtomicLong uncounted = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();

  /**
   * Does all once, at the start, while nobody else is here: what the JVM loads or resolves where it
   * is used first takes memory, which later there may be none of.
   */
  public void rehearse() {
    Throwable none = new IllegalStateException();
    note("", none);
    note("", none);
    takeAll(new Nobody());
  }

  /**
   * Keeps or counts an error.
   *
   * @param place what was being done, for people; a constant, compared by identity
   */
  public void note(String place, Throwable error) {
    if (!isKept(place, error)) {
      uncounted.incrementAndGet();
    }
    pending.incrementAndGet();
  }

  @SuppressWarnings("ReferenceEquality") // Places are constants; equals would do no harm but work.
  private boolean isKept(String place, Throwable error) {
    for (int i = 0; i < SLOTS; i++) {
      String taken = places.get(i);
      if (taken == null && places.compareAndSet(i, null, place)) {
        errors.set(i, error);
        return true;
      }
      Throwable known = errors.get(i);
      if (taken == place && known != null && known.getClass() == error.getClass()) {
        more.incrementAndGet(i);
        return true;
      }
    }
    return false;
  }

  /** How many errors there are that were not taken yet. */
  public long pending() {
    return pending.get();
  }

  /** Hands over all errors there are, each kind once, and forgets them. */
  public void takeAll(Taker taker) {
    for (int i = 0; i < SLOTS; i++) {
      Throwable error = errors.get(i);
      String place = places.get(i);
      if (error != null && place != null) {
        errors.set(i, null);
        long count = 1 + more.getAndSet(i, 0);
        places.set(i, null);
        pending.addAndGet(-count);
        taker.take(place, error, count);
      }
    }
    long others = uncounted.getAndSet(0);
    pending.addAndGet(-others);
    if (others > 0) {
      taker.take("others", new IllegalStateException("too many kinds at once"), others);
    }
  }

  /** Takes over errors of one kind. */
  public interface Taker {
    /**
     * Takes them.
     *
     * @param first the first of them
     * @param count how many there were
     */
    void take(String place, Throwable first, long count);
  }

  /** Takes what was noted for practice. */
  private static final class Nobody implements Taker {
    @Override
    public void take(String place, Throwable first, long count) {
      // There was no error.
    }
  }
}
