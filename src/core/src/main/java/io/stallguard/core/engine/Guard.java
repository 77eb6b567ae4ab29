package io.stallguard.core.engine;

import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.body.StreamFormat;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.SilenceEnd;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Watches one stream: told by the client's decorator when the app wants bytes and when they come.
 *
 * <p>The thread that delivers the bytes calls {@link #scan}, {@link #arrived}, {@link #buffered}
 * and {@link #completed}, any thread the others: in the order that {@code src/docs/guard.md} draws.
 */
public final class Guard {
  // All races are decided by one compare-and-set of one word: see GuardWord.

  private static final AtomicLongFieldUpdater<Guard> WORD =
      AtomicLongFieldUpdater.newUpdater(Guard.class, "word");

  private final Exchange exchange;
  private volatile Limits limits;
  private final Abort abort;
  private final Watchdog watchdog;
  private final StreamEntry entry;
  private final Progress progress;
  private final Events events;
  private StreamFormat format;
  private @Nullable EOFException truncation;
  private volatile long word = GuardWord.IDLE;
  private @Nullable Thread waiter;
  private final ReportedSilence reported = new ReportedSilence();
  private long pausedAt;

  /** The streams that its client delivers together with this one; null if there are none. */
  final @Nullable Lane lane;

  /** What an asynchronous consumer has asked for; null if there is no such consumer. */
  volatile @Nullable Demand demand;

  /** Written by who decides, before the state is tripped; of use in STALLED and ENDED only. */
  private volatile @Nullable Incident incident;

  Guard(Exchange exchange, Limits limits, Abort abort, @Nullable Lane lane, Watchdog watchdog) {
    this.exchange = exchange;
    this.limits = limits;
    this.abort = abort;
    this.lane = lane;
    this.watchdog = watchdog;
    this.progress = new Progress(now(), lane, exchange.hasResponse());
    this.events = new Events(progress.openedAt(), watchdog.clock());
    this.format = StreamFormat.of(exchange, limits.names(), events);
    this.entry = new StreamEntry(this, watchdog.nextId());
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
   * Demand of this reader has begun. Any thread may tell it; returns what {@link #awaiting} does.
   *
   * @param reader the thread that blocks, null for an asynchronous consumer
   */
  public boolean awaiting(@Nullable Thread reader) {
    long seen = word;
    if (!GuardWord.isUnawaited(seen)) {
      return !GuardWord.isDecided(seen);
    }
    if (waiter != reader) {
      waiter = reader;
    }
    long now = now();
    if (seen == GuardWord.IDLE) {
      events.demandBegins(now, limits.allowanceNanos());
      WORD.lazySet(this, GuardWord.awaitedFrom(entry.beginAt(clock(), reader)));
      return true;
    }
    long pause = pauseNanos(seen);
    events.demandGoesOn(now, pause);
    long since = clock().latestAt(GuardWord.sinceOf(seen)) + pause;
    if (!WORD.compareAndSet(this, seen, GuardWord.awaited(seen, Math.min(now, since)))) {
      // Bytes or the end came just now.
      WORD.compareAndSet(this, GuardWord.IDLE, GuardWord.awaitedFrom(now));
    }
    return true;
  }

  /** For how long nobody has waited in a silence that is paused. */
  long pauseNanos(long seen) {
    return GuardWord.isPaused(seen) ? watchdog.clock().real() - pausedAt : 0;
  }

  /** How long the silence that lasts, or is paused, has lasted under demand; 0 if there is none. */
  long silentNanos(long seen, long now) {
    return GuardWord.isSilent(seen) ? now - GuardWord.sinceOf(seen) - pauseNanos(seen) : 0;
  }

  /** An asynchronous consumer has asked for more than it was given. False if over by decision. */
  public boolean requested() {
    return awaiting(null);
  }

  /** The client gives the app nothing of the body before its end. To be told before any demand. */
  public void collected() {
    progress.collected();
  }

  /**
   * Looks for events in bytes that came, before {@link #arrived} or {@link #buffered} tells of
   * them. Each byte once, in order.
   */
  public void scan(byte[] bytes, int offset, int length) {
    BodyScan.scan(this, bytes, offset, length, now(), word);
    reported.tellIfOver(this, notices());
  }

  /** Looks for events in bytes that came; position and limit of the buffer stay as they are. */
  public void scan(ByteBuffer bytes) {
    BodyScan.scan(this, bytes, now(), word);
    reported.tellIfOver(this, notices());
  }

  /** The look at bytes has failed: from now on the stream is watched by its bytes alone. */
  public void scanFailed(Throwable failure) {
    watchdog.failed(failure);
    BodyScan.byBytes(this, "bytes only, after an internal error");
  }

  /**
   * Bytes came and go to whoever waited for them: demand ends. Zero bytes are {@link #unserved}.
   *
   * @return false if the stream was over by decision before: deliver these bytes, then its end
   */
  public boolean arrived(long bytes) {
    if (bytes <= 0) {
      return unserved();
    }
    progress.add(bytes, now());
    return silenceEnds(false, SilenceEnd.RESUMED);
  }

  /**
   * Bytes, if any, came into a buffer that the app reads from: the silence is over, demand goes on.
   *
   * @return false if the stream was over by decision before
   */
  public boolean buffered(long bytes) {
    if (bytes <= 0) {
      return !isDecided();
    }
    progress.add(bytes, now());
    return silenceEnds(true, SilenceEnd.RESUMED);
  }

  /** Demand ends as if with the last bytes: the silence is void. False if over by decision. */
  public boolean satisfied() {
    return GuardWord.isReported(word) ? unserved() : silenceEnds(false, SilenceEnd.GIVEN_UP);
  }

  /** The silence is over, and demand too unless it goes on. */
  private boolean silenceEnds(boolean demandGoesOn, SilenceEnd how) {
    long seen = word;
    while (GuardWord.isSilent(seen)) {
      long now = now();
      notices().silenceEnds(this, seen, now, how);
      boolean waits = GuardWord.isWaiting(seen);
      boolean goesOn = waits && demandGoesOn;
      if (waits && !goesOn) {
        events.demandEnds(
            how == SilenceEnd.GIVEN_UP ? Math.min(now, GuardWord.sinceOf(seen)) : now);
      }
      long next = goesOn ? GuardWord.awaitedFrom(clock().beginAt()) : GuardWord.IDLE;
      if (WORD.compareAndSet(this, seen, next)) {
        notices().silenceOver(this, seen, now, how);
        return true;
      }
      seen = word;
    }
    return !GuardWord.isDecided(seen);
  }

  /**
   * Demand ends as nothing came, by a client's own timeout for one: the silence goes on with the
   * next demand. False if the stream was over by decision before.
   */
  public boolean unserved() {
    long seen = word;
    while (GuardWord.isWaiting(seen)) {
      long now = now();
      events.demandEnds(now);
      pausedAt = watchdog.clock().real();
      if (WORD.compareAndSet(this, seen, GuardWord.paused(seen))) {
        return true;
      }
      seen = word;
    }
    return !GuardWord.isDecided(seen);
  }

  /** The body has come to its end by itself; returns what the app is to see of that. */
  public BodyEnd completed() {
    long seen = finish(SilenceEnd.ENDED);
    if (GuardWord.isDecided(seen)) {
      released();
      return BodyEnd.DECIDED;
    }
    if (GuardWord.stateOf(seen) < GuardWord.STALLED) {
      truncation = BodyScan.truncation(this, watchdog);
    }
    return truncation == null ? BodyEnd.NORMAL : BodyEnd.TOO_EARLY;
  }

  /** The failure that the app is to see where an end came by itself and too early; null if none. */
  public @Nullable EOFException truncation() {
    return truncation;
  }

  /** The stream failed by itself, or the app closed it. False if it was over by decision before. */
  public boolean finished() {
    boolean decided = GuardWord.isDecided(finish(SilenceEnd.GIVEN_UP));
    if (decided) {
      released();
    }
    return !decided;
  }

  /** Moves to FINISHED if nothing else has ended the stream; returns the word before. */
  private long finish(SilenceEnd how) {
    long seen = word;
    while (GuardWord.stateOf(seen) < GuardWord.STALLED) {
      if (WORD.compareAndSet(this, seen, GuardWord.FINISHED)) {
        waiter = null;
        entry.clear();
        notices().over(this, seen, how, reported);
        return seen;
      }
      seen = word;
    }
    return seen;
  }

  /** Notes that whoever waited has been told of an end by decision, if it was one, and is free. */
  public void released() {
    Incident stalled = incident;
    if (stalled != null) {
      stalled.released();
    }
  }

  /** Whether the stream is over by decision: declared stalled, or ended. */
  public boolean isDecided() {
    return GuardWord.isDecided(word);
  }

  /** Whether the stream was declared stalled. */
  public boolean isStalled() {
    return GuardWord.stateOf(word) == GuardWord.STALLED;
  }

  /** Whether it was decided to end, having said all; nobody is to use its connection again. */
  public boolean isEnded() {
    return GuardWord.stateOf(word) == GuardWord.ENDED;
  }

  /**
   * Ends the read of a blocking reader that got false. Throws unchecked what would be swallowed.
   *
   * @param cause what the client threw when its exchange was aborted, if it threw
   * @return -1, the end of the stream
   * @throws StallTimeoutException if the stream was declared stalled
   * @throws EOFException if it ended too early, and that is to be a failure
   */
  public int endOrThrow(@Nullable Throwable cause) throws IOException {
    return DecidedEnd.endOrThrow(this, cause);
  }

  /**
   * Makes the exception for who is told now, the client's own in it, and notes the release.
   *
   * @throws IllegalStateException if the stream has not been declared stalled
   */
  public StallTimeoutException stallException(@Nullable Throwable cause) {
    return DecidedEnd.stallException(this, cause);
  }

  /** Trips the state if the silence that was seen still lasts. Who decides only. */
  boolean trip(long seen, Incident candidate) {
    incident = candidate;
    int state = candidate.stall().endsNormally() ? GuardWord.ENDED : GuardWord.STALLED;
    if (WORD.compareAndSet(this, seen, GuardWord.of(GuardWord.sinceOf(seen), state))) {
      entry.clear();
      return true;
    }
    incident = null;
    return false;
  }

  /** Moves to another word if this one still holds. Who decides, and the watchdog. */
  boolean move(long seen, long next) {
    return WORD.compareAndSet(this, seen, next);
  }

  /** Notes that an event silence was reported; bytes may go on to come. Who decides only. */
  boolean observeEvents(long seen) {
    return reported.begins(events, () -> move(seen, seen));
  }

  /** What mode observe has reported of its silences of events. Watchdog only. */
  ReportedSilence reported() {
    return reported;
  }

  /** Running time. */
  public long now() {
    return clock().now();
  }

  RunningClock clock() {
    return watchdog.clock();
  }

  Notices notices() {
    return watchdog.notices();
  }

  long word() {
    return word;
  }

  /** The incident of a stream that is over by decision, else null. */
  public @Nullable Incident incident() {
    return isDecided() ? incident : null;
  }

  /** What shows the other streams of the lane when this consumer is busy; null without a lane. */
  @Nullable BusyMark mark() {
    return lane == null ? null : new BusyMark(lane, watchdog);
  }

  public Exchange exchange() {
    return exchange;
  }

  /** Goes by other limits from now on; what was only reported may be judged. Watchdog only. */
  void adopt(Limits renewed) {
    limits = renewed;
    if (renewed.areEnforced()) {
      reported.forget();
      WORD.updateAndGet(this, GuardWord::unreported);
    }
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

  StreamFormat format() {
    return format;
  }

  /** Goes by another format from now on. */
  void format(StreamFormat other) {
    format = other;
  }

  /** The thread that waits, null for an asynchronous consumer. Means nothing while nobody does. */
  @Nullable Thread waiter() {
    return waiter;
  }
}
