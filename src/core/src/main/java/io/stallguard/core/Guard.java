package io.stallguard.core;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private final Events events;
  private StreamFormat format;
  private @Nullable EOFException truncation;
  private volatile long word = GuardWord.IDLE;
  private volatile long deliveringSinceNanos = NO_DELIVERY;
  private @Nullable Thread waiter;

  /** Written by the watchdog before the flag below it. */
  private long eventsAtReport;

  private long eventSilenceNanos;
  private volatile boolean eventSilenceReported;

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
    this.events = new Events(progress.openedNanos());
    this.format = StreamFormat.of(exchange, limits.names(), events);
    this.entry = new StreamEntry(this);
    if (lane != null) {
      lane.add(entry);
    }
  }

  /**
   * Demand begins: the calling thread is about to block until bytes come.
   *
   * @return false if the stream is over by decision: see {@link #endOrThrow}
   */
  public boolean awaiting() {
    return awaiting(Thread.currentThread());
  }

  /**
   * Demand begins, or was found to have begun: a thread blocks until bytes come.
   *
   * @param reader the thread, null for an asynchronous consumer
   * @return false if the stream is over by decision
   */
  public boolean awaiting(@Nullable Thread reader) {
    long seen = word;
    if (GuardWord.stateOf(seen) != GuardWord.IDLE) {
      return !GuardWord.isDecided(seen);
    }
    waiter = reader;
    long now = clock.nowNanos();
    events.demandBegins(now, limits.allowanceNanos());
    WORD.lazySet(this, GuardWord.of(now, GuardWord.AWAITING));
    return true;
  }

  /**
   * Demand begins: an asynchronous consumer has asked for more than it was given.
   *
   * @return false if the stream is over by decision
   */
  public boolean requested() {
    return awaiting(null);
  }

  /**
   * Looks for events in bytes that came, before {@link #arrived} or {@link #buffered} tells of
   * them. Each byte once, in order.
   */
  public void scan(byte[] bytes, int offset, int length) {
    try {
      beginScan();
      scanned(format.scan(bytes, offset, offset + length));
    } catch (Throwable t) {
      scanFailed(t);
    }
  }

  /** The same; position and limit stay as they are. */
  public void scan(ByteBuffer bytes) {
    try {
      beginScan();
      scanned(BufferScan.scan(format, bytes));
    } catch (Throwable t) {
      scanFailed(t);
    }
  }

  private void beginScan() {
    long now = clock.nowNanos();
    long seen = word;
    events.at(now, GuardWord.isWaiting(seen) && now > GuardWord.sinceOf(seen));
  }

  private void scanned(boolean asExpected) {
    if (!asExpected) {
      byBytesAlone("bytes only, the body is no " + format.name());
    }
    watchdog.resumedEvents(this);
  }

  /** The bytes are the app's all the same. */
  private void scanFailed(Throwable failure) {
    watchdog.failed(failure);
    byBytesAlone("bytes only, after an internal error");
  }

  private void byBytesAlone(String why) {
    format = new OpaqueFormat(events, why);
    events.bytesOfNoFormat();
  }

  /**
   * Bytes came and go to whoever waited for them: demand ends.
   *
   * @return false if the stream was over by decision before: deliver these bytes, then that
   */
  public boolean arrived(long bytes) {
    progress.add(bytes, clock.nowNanos());
    return satisfied();
  }

  /**
   * Bytes came into a buffer that the app reads from: demand goes on, the silence is over.
   *
   * @return false if the stream was over by decision before
   */
  public boolean buffered(long bytes) {
    long now = clock.nowNanos();
    progress.add(bytes, now);
    long seen = word;
    while (GuardWord.isWaiting(seen)) {
      progress.gap(now - GuardWord.sinceOf(seen));
      if (WORD.compareAndSet(this, seen, GuardWord.of(now, GuardWord.AWAITING))) {
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return !GuardWord.isDecided(seen);
  }

  /**
   * Demand ends without new bytes: the reader was served from a buffer, or gave up.
   *
   * @return false if the stream was over by decision before
   */
  public boolean satisfied() {
    long seen = word;
    while (GuardWord.isWaiting(seen)) {
      long now = clock.nowNanos();
      progress.gap(now - GuardWord.sinceOf(seen));
      events.demandEnds(now);
      if (WORD.compareAndSet(this, seen, GuardWord.IDLE)) {
        waiter = null;
        resumedFrom(seen);
        return true;
      }
      seen = word;
    }
    return !GuardWord.isDecided(seen);
  }

  /**
   * The body has come to its end by itself.
   *
   * @return false if the app is not to see a normal end: see {@link #endOrThrow} for a reader, and
   *     {@link #truncation} for an asynchronous consumer, whom the abort tells of the rest
   */
  public boolean completed() {
    long seen = finish();
    if (GuardWord.stateOf(seen) < GuardWord.STALLED) {
      checkTruncation();
    }
    return GuardWord.isDecided(seen) ? noteRelease() : truncation == null;
  }

  private void checkTruncation() {
    try {
      format.end();
    } catch (Throwable t) {
      watchdog.failed(t);
    }
    if (events.isShown() && !events.isDone()) {
      String message = watchdog.truncated(this);
      truncation = limits.failsIfTruncated() ? new EOFException(message) : null;
    }
  }

  /** What is wrong with an end that came by itself and is to be a failure; null if nothing. */
  public @Nullable EOFException truncation() {
    return truncation;
  }

  /**
   * The stream is over: it failed by itself, or the app closed it.
   *
   * @return false if it was over by decision before
   */
  public boolean finished() {
    return !GuardWord.isDecided(finish()) || noteRelease();
  }

  /** Moves to FINISHED if nothing else has ended the stream; returns the word before. */
  private long finish() {
    long seen = word;
    while (GuardWord.stateOf(seen) < GuardWord.STALLED) {
      if (WORD.compareAndSet(this, seen, GuardWord.FINISHED)) {
        waiter = null;
        over();
        resumedFrom(seen);
        watchdog.resumedEvents(this);
        return seen;
      }
      seen = word;
    }
    return seen;
  }

  private void over() {
    entry.clear();
    if (lane != null) {
      lane.remove(entry);
    }
  }

  /** Notes that an asynchronous consumer has been told of the end of the stream. */
  public void released() {
    noteRelease();
  }

  /** A stream over by decision whose end nobody has to be told: it was being closed. */
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
   * Whether the stream has said all and its connection stayed open: the app is to see a normal end,
   * and nobody is to use the connection again.
   */
  public boolean isEnded() {
    return GuardWord.stateOf(word) == GuardWord.ENDED;
  }

  /**
   * What a blocking reader does once the guard has answered false.
   *
   * @param cause what the client threw when its exchange was aborted, if it threw
   * @return -1, the end of the stream
   * @throws StallTimeoutException if the stream was declared stalled
   * @throws EOFException if it ended too early, and that is to be a failure
   */
  public int endOrThrow(@Nullable Throwable cause) throws IOException {
    if (isEnded()) {
      noteRelease();
      return -1;
    }
    EOFException early = truncation;
    if (early != null) {
      throw early;
    }
    throw stallException(cause);
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
    int state = candidate.stall().endsNormally() ? GuardWord.ENDED : GuardWord.STALLED;
    if (WORD.compareAndSet(this, seen, GuardWord.of(GuardWord.sinceOf(seen), state))) {
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

  /** Notes the same of event silence, which bytes may go on to break. Watchdog only. */
  boolean observeEvents(long seen) {
    eventsAtReport = events.progress();
    eventSilenceNanos = events.sinceNanos();
    eventSilenceReported = true;
    return WORD.compareAndSet(this, seen, seen);
  }

  /**
   * The length of a reported event silence that is over; 0 if there is none. Once.
   *
   * @param now running time
   */
  long eventSilenceOver(long now) {
    if (!eventSilenceReported || (events.progress() == eventsAtReport && !isFinished())) {
      return 0;
    }
    eventSilenceReported = false;
    return Math.max(1, now - eventSilenceNanos);
  }

  /** Whether the event silence that lasts has been reported. Watchdog only. */
  boolean isEventSilenceReported() {
    return eventSilenceReported && events.progress() == eventsAtReport;
  }

  boolean isFinished() {
    return GuardWord.stateOf(word) == GuardWord.FINISHED;
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

  Events events() {
    return events;
  }

  /** Whether no part of an event has come after the last one. */
  boolean isBetweenEvents() {
    return format.isBetweenEvents();
  }

  /** How the body is watched, for people. */
  String formatName() {
    return format.name();
  }

  /** The thread that waits, null for an asynchronous consumer. Exact only while it waits. */
  @Nullable Thread waiter() {
    return waiter;
  }
}
