package io.stallguard.core;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Watches one stream: told by the client's decorator when the app wants bytes and when they come.
 *
 * <p>The methods that report an arrival or an end are for the thread that delivers the bytes; the
 * others may be called by any thread.
 */
public final class Guard {
  // One word holds the state (low 3 bits) and the running time at which the silence under demand
  // began (the rest), so that one compare-and-set decides each race and a state that was left and
  // entered again is not taken for the old one.
  //
  //           awaiting                 limit exceeded (watchdog)
  //   IDLE ------------> AWAITING ---------------------------------> STALLED
  //    ^ <-------------     |  ^    |
  //    |    arrived         |  '----' buffered: the silence starts again
  //    |                    |
  //    |     arrived        v limit exceeded, mode observe (watchdog)
  //    '---------------- OBSERVED
  //
  //   any but STALLED --finished--> FINISHED
  //
  // Only AWAITING can be tripped, so a stream that nobody waits for, or whose connection went back
  // to a pool, is out of reach. A reader enters AWAITING with an ordered store, not a
  // compare-and-set (5 ns less per read): from IDLE nobody else moves but another reader of the
  // same stream, and between two of them the later silence may win, which errs on the late side.

  static final int IDLE = 0;
  static final int AWAITING = 1;
  static final int OBSERVED = 2;
  static final int STALLED = 3;
  static final int FINISHED = 4;

  private static final int STATE_BITS = 3;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;
  private static final AtomicLongFieldUpdater<Guard> WORD =
      AtomicLongFieldUpdater.newUpdater(Guard.class, "word");

  private final Exchange exchange;
  private final Limits limits;
  private final Abort abort;
  private final Watchdog watchdog;
  private final RunningClock clock;
  private final StreamEntry entry;
  private final Progress progress;
  private volatile long word = IDLE;
  private @Nullable Thread waiter;

  /** Written by the watchdog before it trips the state; means something in STALLED only. */
  private volatile @Nullable Incident incident;

  Guard(Exchange exchange, Limits limits, Abort abort, Watchdog watchdog) {
    this.exchange = exchange;
    this.limits = limits;
    this.abort = abort;
    this.watchdog = watchdog;
    this.clock = watchdog.clock();
    this.progress = new Progress(clock.nowNanos());
    this.entry = new StreamEntry(this);
  }

  /**
   * Demand begins: the calling thread is about to block until bytes come.
   *
   * @return false if the stream has been declared stalled: throw {@link #stallException}
   */
  public boolean awaiting() {
    long seen = word;
    if (stateOf(seen) != IDLE) {
      return stateOf(seen) != STALLED;
    }
    waiter = Thread.currentThread();
    WORD.lazySet(this, word(clock.nowNanos(), AWAITING));
    return true;
  }

  /**
   * Demand begins: an asynchronous consumer has asked for more than it was given.
   *
   * @return false if the stream has been declared stalled
   */
  public boolean requested() {
    long seen = word;
    if (stateOf(seen) == IDLE) {
      WORD.lazySet(this, word(clock.nowNanos(), AWAITING));
      return true;
    }
    return stateOf(seen) != STALLED;
  }

  /**
   * Bytes came and go to whoever waited for them: demand ends.
   *
   * @return false if the stream was declared stalled before: deliver these bytes, then throw
   */
  public boolean arrived(long bytes) {
    progress.add(bytes, clock.nowNanos());
    return satisfied();
  }

  /**
   * Bytes came into a buffer that the app reads from: demand goes on, the silence is over.
   *
   * @return false if the stream was declared stalled before
   */
  public boolean buffered(long bytes) {
    long now = clock.nowNanos();
    progress.add(bytes, now);
    long seen = word;
    while (isWaiting(seen)) {
      if (WORD.compareAndSet(this, seen, word(now, AWAITING))) {
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return stateOf(seen) != STALLED;
  }

  /**
   * Demand ends without new bytes: the reader was served from a buffer, or gave up.
   *
   * @return false if the stream was declared stalled before
   */
  public boolean satisfied() {
    long seen = word;
    while (isWaiting(seen)) {
      if (WORD.compareAndSet(this, seen, IDLE)) {
        waiter = null;
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return stateOf(seen) != STALLED;
  }

  /**
   * The stream is over: its end came, it failed by itself, or the app closed it.
   *
   * @return false if it was declared stalled before
   */
  public boolean finished() {
    long seen = word;
    while (stateOf(seen) < STALLED) {
      if (WORD.compareAndSet(this, seen, FINISHED)) {
        waiter = null;
        entry.clear();
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return stateOf(seen) == FINISHED || noteRelease();
  }

  /** A stalled stream whose end nobody has to be told by an exception: it was being closed. */
  private boolean noteRelease() {
    Incident stalled = incident;
    if (stalled != null) {
      stalled.released();
    }
    return false;
  }

  /** Whether the stream was declared stalled. */
  public boolean isStalled() {
    return stateOf(word) == STALLED;
  }

  /**
   * A fresh exception for the thread that was released, and the note that it was.
   *
   * @param cause what the client threw when its exchange was aborted, if it threw
   * @throws IllegalStateException if the stream has not been declared stalled
   */
  public StallTimeoutException stallException(@Nullable Throwable cause) {
    Incident stalled = incident;
    if (stalled == null || !isStalled()) {
      throw new IllegalStateException("stream is not stalled: " + exchange);
    }
    stalled.released();
    return new StallTimeoutException(stalled.stall().message(), cause);
  }

  /** Trips the state if the silence that was seen still lasts. Watchdog only. */
  boolean trip(long seen, Incident candidate) {
    incident = candidate;
    if (WORD.compareAndSet(this, seen, word(sinceOf(seen), STALLED))) {
      entry.clear();
      return true;
    }
    incident = null;
    return false;
  }

  /** Notes that a silence has been reported and was left to go on. Watchdog only. */
  boolean observe(long seen) {
    return WORD.compareAndSet(this, seen, word(sinceOf(seen), OBSERVED));
  }

  private void resumedFrom(long seen) {
    if (stateOf(seen) == OBSERVED) {
      watchdog.resumed(this, clock.nowNanos() - sinceOf(seen));
    }
  }

  private static boolean isWaiting(long word) {
    int state = stateOf(word);
    return state == AWAITING || state == OBSERVED;
  }

  private static long word(long sinceNanos, int state) {
    return sinceNanos << STATE_BITS | state;
  }

  static int stateOf(long word) {
    return (int) word & STATE_MASK;
  }

  /** Running time at which the silence began. */
  static long sinceOf(long word) {
    return word >>> STATE_BITS;
  }

  long word() {
    return word;
  }

  Exchange exchange() {
    return exchange;
  }

  Limits limits() {
    return limits;
  }

  Abort abort() {
    return abort;
  }

  StreamEntry entry() {
    return entry;
  }

  Progress progress() {
    return progress;
  }

  /** The thread that waits, null for an asynchronous consumer. Exact only while it waits. */
  @Nullable Thread waiter() {
    return waiter;
  }
}
