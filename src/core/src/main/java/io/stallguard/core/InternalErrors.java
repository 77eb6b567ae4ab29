package io.stallguard.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Errors of our own that were kept from the app: counted, and told once a kind. Any thread. */
public final class InternalErrors {
  /** More kinds than this are a flood; they are counted under the last one. */
  private static final int MOST_KINDS = 100;

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Consumer<String> log;

  InternalErrors(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Counts an error and logs the first of its kind in one line.
   *
   * @param where what was being done, for people: {@code abort of okhttp}
   */
  public void record(String where, Throwable error) {
    String kind = where + ": " + error.getClass().getName();
    AtomicLong fresh = new AtomicLong();
    AtomicLong known = counts.putIfAbsent(counts.size() < MOST_KINDS ? kind : "others", fresh);
    (known == null ? fresh : known).incrementAndGet();
    if (known == null) {
      tell(kind, error);
    }
  }

  private void tell(String kind, Throwable error) {
    try {
      log.accept("internal error, the app is not affected: " + line(kind, error));
    } catch (Throwable t) {
      // The log is broken or there is no memory: the count is all that is left.
    }
  }

  private static String line(String kind, Throwable error) {
    StackTraceElement[] stack = error.getStackTrace();
    String place = stack.length == 0 ? "" : " at " + stack[0];
    return Texts.clean(kind + ": " + error.getMessage() + place, 1000);
  }

  /** How many there were, of all kinds. */
  public long count() {
    long sum = 0;
    for (AtomicLong count : counts.values()) {
      sum += count.get();
    }
    return sum;
  }
}
