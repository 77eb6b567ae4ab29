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
  // All races are decided by one compare-and-set of one word: see GuardWord.

  private static final long NO_DELIVERY = Limit.OFF_NANOS;
  private static final AtomicLongFieldUpdater<Guard> WORD =
      AtomicLongFieldUpdater.newUpdater(Guard.class, "word");

  private final Exchange exchange;
  private final Limits limits;
  private final Abort abort;
  private final @Nullable Lane lane;
  private final Watchdog watchdog;
  private final RunningClock clock;
  private final StreamEntry entry;
  private final Progress progress;
  private volatile long word = GuardWord.IDLE;
  private volatile long deliveringSinceNanos = NO_DELIVERY;
  private @Nullable Thread waiter;

  /** Written by the watchdog before it trips the state; means something in STALLED only. */
  private volatile @Nullable Incident incident;

  Guard(Exchange exchange, Limits limits, Abort abort, @Nullable Lane lane, Watchdog watchdog) {
    this.exchange = exchange;
    this.limits = limits;
    this.abort = abort;
    this.lane = lane;
    this.watchdog = watchdog;
    this.clock = watchdog.clock();
    this.progress = new Progress(clock.nowNanos());
    this.entry = new StreamEntry(this);
    if (lane != null) {
      lane.add(entry);
    }
  }

  /**
   * Demand begins: the calling thread is about to block until bytes come.
   *
   * @return false if the stream has been declared stalled: throw {@link #stallException}
   */
  public boolean awaiting() {
    return awaiting(Thread.currentThread());
  }

  /**
   * Demand begins, or was found to have begun: a thread blocks until bytes come.
   *
   * @param reader the thread, null for an asynchronous consumer
   * @return false if the stream has been declared stalled
   */
  public boolean awaiting(@Nullable Thread reader) {
    long seen = word;
    if (GuardWord.stateOf(seen) != GuardWord.IDLE) {
      return GuardWord.stateOf(seen) != GuardWord.STALLED;
    }
    waiter = reader;
    WORD.lazySet(this, GuardWord.of(clock.nowNanos(), GuardWord.AWAITING));
    return true;
  }

  /**
   * Demand begins: an asynchronous consumer has asked for more than it was given.
   *
   * @return false if the stream has been declared stalled
   */
  public boolean requested() {
    return awaiting(null);
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
    while (GuardWord.isWaiting(seen)) {
      if (WORD.compareAndSet(this, seen, GuardWord.of(now, GuardWord.AWAITING))) {
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return GuardWord.stateOf(seen) != GuardWord.STALLED;
  }

  /**
   * Demand ends without new bytes: the reader was served from a buffer, or gave up.
   *
   * @return false if the stream was declared stalled before
   */
  public boolean satisfied() {
    long seen = word;
    while (GuardWord.isWaiting(seen)) {
      if (WORD.compareAndSet(this, seen, GuardWord.IDLE)) {
        waiter = null;
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return GuardWord.stateOf(seen) != GuardWord.STALLED;
  }

  /**
   * The stream is over: its end came, it failed by itself, or the app closed it.
   *
   * @return false if it was declared stalled before
   */
  public boolean finished() {
    long seen = word;
    while (GuardWord.stateOf(seen) < GuardWord.STALLED) {
      if (WORD.compareAndSet(this, seen, GuardWord.FINISHED)) {
        waiter = null;
        over();
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return GuardWord.stateOf(seen) == GuardWord.FINISHED || noteRelease();
  }

  private void over() {
    entry.clear();
    if (lane != null) {
      lane.remove(entry);
    }
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
    return GuardWord.stateOf(word) == GuardWord.STALLED;
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
    if (WORD.compareAndSet(this, seen, GuardWord.of(GuardWord.sinceOf(seen), GuardWord.STALLED))) {
      over();
      return true;
    }
    incident = null;
    return false;
  }

  /** Notes that a silence has been reported and was left to go on. Watchdog only. */
  boolean observe(long seen) {
    return WORD.compareAndSet(
        this, seen, GuardWord.of(GuardWord.sinceOf(seen), GuardWord.OBSERVED));
  }

  private void resumedFrom(long seen) {
    if (GuardWord.stateOf(seen) == GuardWord.OBSERVED) {
      watchdog.resumed(this, clock.nowNanos() - GuardWord.sinceOf(seen));
    }
  }

  long word() {
    return word;
  }

  /** The consumer begins to be busy with what it is brought. */
  void deliveryBegins() {
    if (lane != null) {
      deliveringSinceNanos = clock.nowNanos();
    }
  }

  /** The consumer has taken it. */
  void deliveryEnds() {
    if (lane != null) {
      long now = clock.nowNanos();
      if (isHoldingUp(now)) {
        lane.held(now);
      }
      deliveringSinceNanos = NO_DELIVERY;
    }
  }

  /**
   * Whether the delivery that is going on takes so long that it matters. One that is short but
   * meets a tick seems to have taken the whole step of the clock.
   */
  boolean isHoldingUp(long nowNanos) {
    return nowNanos - deliveringSinceNanos > limits.allowanceNanos();
  }

  /** The running time until which a sibling kept the client from bringing us anything. */
  long heldUntilNanos(long nowNanos) {
    return lane == null ? 0 : lane.heldUntilNanos(nowNanos);
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
