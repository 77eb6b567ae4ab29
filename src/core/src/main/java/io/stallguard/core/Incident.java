package io.stallguard.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One stall from its decision to its report: the abort, its escalation, the reader's release. */
final class Incident {
  // The abort runs on an abort thread and the release is noted by the reader; the watchdog looks
  // at both on its ticks, so that neither waits for the other and no reader's thread starts ours.

  /** An abort is a close or a reset: one that takes longer hangs on a lock or on a peer. */
  static final long ABORT_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A reader that is not free by then will not be freed by waiting longer with the report. */
  static final long REPORT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Stall stall;
  private final Abort abort;
  private final Guard guard;
  private final InternalErrors errors;
  private final LongSupplier nanoTime;
  private final long decidedNanos;
  private final AtomicBoolean reported = new AtomicBoolean();
  private final AtomicBoolean escalated = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile StackTraceElement[] waiterStack = {};
  private volatile @Nullable Throwable failure;
  private volatile boolean aborted;
  private volatile boolean hardened;
  private volatile boolean closed;
  private volatile long releasedNanos;

  /** Watchdog only. */
  private boolean escalationAsked;

  Incident(Guard guard, Stall stall, InternalErrors errors, LongSupplier nanoTime) {
    this.guard = guard;
    this.stall = stall;
    this.abort = guard.abort();
    this.errors = errors;
    this.nanoTime = nanoTime;
    this.decidedNanos = nanoTime.getAsLong();
  }

  Stall stall() {
    return stall;
  }

  /** Notes the waiting thread's stack, then aborts. Abort thread. */
  void abortWithStack() {
    Thread waiter = stall.waiter();
    if (waiter != null) {
      waiterStack = waiter.getStackTrace();
    }
    abort();
  }

  /** Aborts. Abort thread. */
  void abort() {
    try {
      abort.abort(guard);
      aborted = true;
    } catch (Throwable t) {
      failed("abort of ", t);
      escalate();
    }
    closed = true;
    ended.countDown();
  }

  /** Ends the exchange in the hard way, once. Any thread of ours but the watchdog. */
  void escalate() {
    if (!escalated.compareAndSet(false, true)) {
      return;
    }
    try {
      abort.escalate(guard);
      hardened = true;
    } catch (Throwable t) {
      failed("escalated abort of ", t);
    }
    ended.countDown();
  }

  /** Nothing was done, and the report says why; the last reason counts. */
  private void failed(String what, Throwable thrown) {
    if (!(thrown instanceof NothingDoneException)) {
      errors.record(what + stall.exchange().client(), thrown);
      failure = thrown;
    } else if (failure == null) {
      failure = thrown;
    }
  }

  /** Waits until the abort or its escalation has ended, so that a report can tell of it. */
  void awaitEnd(long nanos) throws InterruptedException {
    ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** The waiting reader is free. Its thread, or the abort's for an asynchronous consumer. */
  void released() {
    if (releasedNanos == 0) {
      releasedNanos = Math.max(1, ageNanos());
    }
  }

  /** Whether the abort has been running for too long and nothing harder was tried yet. */
  boolean wantsEscalation() {
    return !closed && !escalationAsked && !escalated.get() && ageNanos() > ABORT_LIMIT_NANOS;
  }

  /** A thread has been found for the escalation. Watchdog only. */
  void escalationAsked() {
    escalationAsked = true;
  }

  /** Whether all is known that a report tells, or will not become known any more. */
  boolean isSettled() {
    return (closed && releasedNanos != 0) || ageNanos() > REPORT_LIMIT_NANOS;
  }

  private long ageNanos() {
    return nanoTime.getAsLong() - decidedNanos;
  }

  /** True for the first caller only: who gets it writes the report. */
  boolean claimReport() {
    return reported.compareAndSet(false, true);
  }

  StackTraceElement[] waiterStack() {
    return waiterStack;
  }

  /** Whether neither the abort nor its escalation came through. */
  boolean isFailed() {
    return !aborted && !hardened && failure != null;
  }

  /** What was done to the exchange, for people. */
  String outcome() {
    if (aborted) {
      return escalated.get() ? "aborted, after an escalation" : "aborted";
    }
    if (hardened) {
      return "aborted by escalation";
    }
    Throwable reason = failure;
    return reason == null ? "abort still running" : "abort failed: " + text(reason);
  }

  private static String text(Throwable reason) {
    return Texts.clean(
        reason instanceof NothingDoneException ? reason.getMessage() : reason.toString(), 200);
  }

  /** From the decision to the reader's release, 0 if it has not been released. */
  long releasedNanos() {
    return releasedNanos;
  }
}
