package io.stallguard.core.engine;

import io.stallguard.core.words.NotedErrors;
import io.stallguard.core.words.Texts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Errors of our own that were kept from the app: counted, and told once a kind. Any thread. */
public final class InternalErrors {
  // Who meets an error may be a thread of the app, which is to wait for no log, or the watchdog,
  // which must get on without memory. So it is only kept here, and the thread for reports tells.

  /** How many kinds are told apart: more are a flood, and are counted under the last one. */
  private static final int MOST_KINDS = 100;

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final NotedErrors noted = new NotedErrors();
  private final AtomicLong untold = new AtomicLong();
  private final Taken taken = new Taken();
  private volatile @Nullable Alarm alarm;
  private volatile boolean pending;

  public InternalErrors() {
    noted.rehearse();
  }

  /** Names who sees to it that errors are told. Before anything is watched. */
  public void toldBy(Alarm woken) {
    alarm = woken;
  }

  /**
   * Counts an error and keeps the first of its kind to be told. Never throws.
   *
   * @param where what was being done, for people: {@code abort of okhttp}
   */
  public void record(String where, Throwable error) {
    try {
      count(where, error, 1);
    } catch (Throwable t) {
      // No memory for the words.
      noted.note("errors of all kinds", error);
    }
    pending = true;
    wake();
  }

  /**
   * Counts an error where nothing may be allocated, nor any lock be taken: on the watchdog's way
   * out of an error.
   *
   * @param where a constant
   */
  public void note(String where, Throwable error) {
    noted.note(where, error);
    pending = true;
  }

  private void wake() {
    Alarm woken = alarm;
    if (woken != null) {
      woken.wake();
    }
  }

  private void count(String where, Throwable error, long times) {
    String kind = where + ": " + error.getClass().getName();
    Kind fresh = new Kind(kind, error);
    Kind known = kinds.putIfAbsent(kinds.size() < MOST_KINDS ? kind : "others", fresh);
    (known == null ? fresh : known).count.addAndGet(times);
  }

  /** Whether there may be errors that nobody was told of. */
  public boolean isPending() {
    return pending;
  }

  /** Tells each kind that was not told yet, in one line. The thread for reports only. */
  public void tell(Consumer<String> log) {
    pending = false;
    noted.takeAll(taken);
    for (Kind kind : kinds.values()) {
      String line = kind.takeLine();
      if (line != null) {
        tell(log, line);
      }
    }
  }

  private static void tell(Consumer<String> log, String line) {
    try {
      log.accept("internal error, the app is not affected: " + line);
    } catch (Throwable t) {
      // The log is broken or there is no memory: the count is all that is left.
    }
  }

  /** How many errors there were, of all kinds. */
  public long count() {
    long sum = noted.pending() + untold.get();
    for (Kind kind : kinds.values()) {
      sum += kind.count.get();
    }
    return sum;
  }

  /** Sees to it that errors are told: the watchdog. */
  public interface Alarm {
    /** Has them told soon. Any thread. */
    void wake();
  }

  /** Counts what was noted, where there may be no memory for it still. */
  private final class Taken implements NotedErrors.Taker {
    @Override
    public void take(String place, Throwable first, long times) {
      try {
        count(place, first, times);
      } catch (OutOfMemoryError e) {
        untold.addAndGet(times);
      }
    }
  }

  /** Errors of one class in one place. */
  private static final class Kind {
    private final AtomicLong count = new AtomicLong();

    /** The line on the error; null once it has been told. */
    private volatile @Nullable String line;

    Kind(String kind, Throwable first) {
      StackTraceElement[] stack = first.getStackTrace();
      String place = stack.length == 0 ? "" : " at " + stack[0];
      line = Texts.clean(kind + ": " + first.getMessage() + place, 1000);
    }

    /** The line, once. For the thread for reports. */
    @Nullable String takeLine() {
      String told = line;
      line = null;
      return told;
    }
  }
}
