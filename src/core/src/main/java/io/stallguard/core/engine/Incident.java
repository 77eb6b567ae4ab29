package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stall from its decision to its end: the attempts to free its reader, the reader's release, the
 * report. As a task it is the abort. Any thread, unless the method says which.
 */
public final class Incident extends IncidentList.Link implements Runnable {
  // The abort runs on an abort thread and the release is noted by the reader; the watchdog looks
  // at both on its ticks, so that neither waits for the other and no reader's thread starts ours.
  // Each second that the reader is not free is a round, in which all is tried again: the abort,
  // and then its escalation; on a thread of its own if the abort hangs or found no thread. All that
  // this takes of our memory is had here, before the decision.

  /**
   * How long an abort may take: it is a close or a reset, and one that takes longer hangs on a lock
   * or on a peer.
   */
  static final long ABORT_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * How long the report waits: a reader that is not free by then will not be freed by waiting
   * longer.
   */
  static final long REPORT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /**
   * The length of a round: what it may take until a resource that is back is noticed, and little
   * for who hangs for ever.
   */
  public static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What the second round waits beyond its time if the abort came through: a callback of the app's
   * that its client does not take is told by threads of ours after 1 s, just when that round would
   * begin.
   */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Stall stall;
  private final WaiterStack waiterStack;
  private final WeakReference<Guard> stream;
  private final Ending ending;
  private final LongSupplier nanoTime;
  private final long decidedAt;
  private final AtomicBoolean reported = new AtomicBoolean();
  private final AtomicBoolean escalating = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch handedOver = new CountDownLatch(1);
  private final Runnable escalation = new Escalation();

  /**
   * The stream, held until something was tried, and on for as long as that fails for want of memory
   * or threads: even a reader that is free may have left a stream at its server behind. From then
   * on nobody waits for a stream that is collected.
   */
  private volatile @Nullable Guard guard;

  private volatile long releasedNanos;

  /** Whether the abort that was asked for last came back, in one way or the other. */
  private volatile boolean closed;

  /** Whether the abort waits for a thread or runs. */
  private volatile boolean abortAsked;

  /**
   * Whether an escalation that was asked for waits for a thread or runs; not one behind an abort.
   */
  private volatile boolean escalationAsked;

  private volatile boolean openWhenReported;
  private volatile boolean owedWhenReported;

  /** The number of the round. Written by the watchdog only. */
  private volatile int round;

  private volatile int escalatedRound = -1;

  // Watchdog only.
  private long roundDueNanos;
  private long escalationDueNanos = ABORT_LIMIT_NANOS;

  Incident(Guard guard, Stall stall, InternalErrors errors, LongSupplier nanoTime) {
    this.guard = guard;
    this.stream = new WeakReference<>(guard);
    this.stall = stall;
    this.waiterStack = new WaiterStack(stall.waiter());
    this.ending = new Ending(errors, stall.stream().exchange().client());
    this.nanoTime = nanoTime;
    this.decidedAt = nanoTime.getAsLong();
  }

  public Stall stall() {
    return stall;
  }

  /** The report is to have the waiting thread's stack. Watchdog only, before the first round. */
  void wantStack() {
    waiterStack.want();
  }

  /**
   * Frees the reader at once, where that waits for nothing; the abort is asked for all the same.
   * Watchdog only, before the first round.
   *
   * @return false if nothing was done
   */
  boolean cut() {
    Guard stalled = guard();
    return stalled != null && stalled.abort().cut();
  }

  /** Begins a round if one is due. True if the abort is to be asked for. Watchdog only. */
  boolean beginsRound() {
    long age = ageNanos();
    if (age < roundDueNanos + graceNanos() || (releasedNanos != 0 && isEnded())) {
      return false;
    }
    roundDueNanos = age + ROUND_NANOS;
    escalationDueNanos = age + ABORT_LIMIT_NANOS;
    int next = round + 1;
    round = next;
    return !abortAsked;
  }

  private long graceNanos() {
    return round == 1 && ending.isAborted() ? GRACE_NANOS : 0;
  }

  /** Asks for the abort; if no thread is to be had, the next round does it again. Watchdog only. */
  void askAbort(Executor threads) {
    closed = false;
    abortAsked = true;
    boolean found = false;
    try {
      threads.execute(this);
      found = true;
    } finally {
      if (!found) {
        abortAsked = false;
      }
    }
  }

  /** Whether the abort has been running, or found no thread, for too long. Watchdog only. */
  boolean wantsEscalation() {
    return !closed && !escalationAsked && escalatedRound < round && ageNanos() > escalationDueNanos;
  }

  /** Asks for the escalation, as for the abort. Watchdog only. */
  void askEscalation(Executor threads) {
    escalationAsked = true;
    boolean found = false;
    try {
      threads.execute(escalation);
      found = true;
    } finally {
      if (!found) {
        escalationAsked = false;
        escalationDueNanos = ageNanos() + ROUND_NANOS;
      }
    }
  }

  /** Aborts, once a round. Abort thread. */
  @Override
  public void run() {
    Guard stalled = guard();
    try {
      if (stalled != null && !(releasedNanos != 0 && round > 1 && isEnded())) {
        ending.begins();
        abort(stalled);
      }
    } finally {
      tried(stalled);
      closed = true;
      abortAsked = false;
    }
  }

  private void abort(Guard stalled) {
    boolean done = false;
    try {
      stalled.abort().abort(stalled);
      ending.aborted();
      done = true;
    } catch (Throwable t) {
      ending.failed("abort of ", t);
    }
    if (!done || (round > 1 && releasedNanos == 0)) {
      escalate(stalled);
    }
  }

  /** Ends the exchange in the hard way, once a round. Any thread of ours but the watchdog. */
  void escalate() {
    Guard stalled = guard();
    try {
      if (stalled != null) {
        escalate(stalled);
      }
    } finally {
      tried(stalled);
      escalationAsked = false;
    }
  }

  private void escalate(Guard stalled) {
    if (!escalating.compareAndSet(false, true)) {
      return;
    }
    try {
      if (escalatedRound < round) {
        escalatedRound = round;
        stalled.abort().escalate(stalled);
        ending.escalated();
      }
    } catch (Throwable t) {
      ending.failed("escalated abort of ", t);
    } finally {
      escalating.set(false);
    }
  }

  private void tried(@Nullable Guard stalled) {
    guard = ending.isStarved() ? stalled : null;
    ended.countDown();
  }

  private @Nullable Guard guard() {
    Guard held = guard;
    return held != null ? held : stream.get();
  }

  /** Waits until the abort or its escalation has ended, so that a report can tell of it. */
  public void awaitEnd(long nanos) throws InterruptedException {
    ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** The waiting reader is free. Its thread, or the abort's for an asynchronous consumer. */
  void released() {
    if (releasedNanos == 0) {
      waiterStack.take();
      releasedNanos = Math.max(1, ageNanos());
    }
  }

  /** Whether all is known that a report tells, or will not become known any more. */
  boolean isSettled() {
    return (closed && releasedNanos != 0 && isEnded())
        || ageNanos() > REPORT_LIMIT_NANOS
        || isGone();
  }

  /**
   * Whether nothing is left to be done: the reader is free and the exchange is ended as far as it
   * can be, or the stream has been collected, and nobody can wait for it.
   */
  boolean isOver() {
    if (!isSettled()) {
      return false;
    }
    boolean hangs = abortAsked && ageNanos() > REPORT_LIMIT_NANOS;
    return (releasedNanos != 0 && (isEnded() || hangs)) || isGone();
  }

  private boolean isEnded() {
    return ending.isOver(closed);
  }

  private boolean isGone() {
    return guard() == null;
  }

  private long ageNanos() {
    return nanoTime.getAsLong() - decidedAt;
  }

  /** Claims the report: true for the first caller only, who writes it. */
  public boolean claimReport() {
    return reported.compareAndSet(false, true);
  }

  /** Notes that who has claimed the report has handed it over to be written, or cannot. */
  public void reportHandedOver() {
    handedOver.countDown();
  }

  /** Waits until the report was handed over: who has claimed it may still be on the way. */
  public void awaitReportHandedOver(long nanos) throws InterruptedException {
    handedOver.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Notes that the report is being written, and what it could not tell yet. */
  public void reportBegins() {
    openWhenReported = releasedNanos == 0;
    owedWhenReported = ending.isOwed();
  }

  /**
   * What has come about since the report that it had not told, for people; null if nothing has.
   * Told once. Watchdog only.
   */
  public @Nullable String lateNews() {
    if (openWhenReported && releasedNanos != 0) {
      openWhenReported = false;
      owedWhenReported = false;
      return "reader of stream "
          + stall.stream().id()
          + " released "
          + Durations.text(releasedNanos);
    }
    if (owedWhenReported && isEnded()) {
      owedWhenReported = false;
      return "exchange of stream " + stall.stream().id() + " ended " + Durations.text(ageNanos());
    }
    return null;
  }

  public StackTraceElement[] waiterStack() {
    return waiterStack.frames(releasedNanos != 0);
  }

  /** Whether nothing could be done to the exchange; told once. Who reports only. */
  public boolean takeFailure() {
    return ending.takeFailure();
  }

  /** What was done to the exchange, for people. */
  public String outcome() {
    return ending.text(abortAsked);
  }

  /** Nanoseconds from the decision to the reader's release, 0 if it has not been released. */
  public long releasedNanos() {
    return releasedNanos;
  }

  /** The number of the round. */
  public int round() {
    return round;
  }

  /** The escalation as a task. A class, because to link a lambda takes much memory. */
  private final class Escalation implements Runnable {
    @Override
    public void run() {
      escalate();
    }
  }
}
