package io.stallguard.core.engine;

import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts to end one exchange have come to. Threads for aborts and escalations write it,
 * two at once at the most; any thread reads.
 */
final class Ending {
  // An attempt does something, or finds nothing that it could do, or throws. What throws leaves the
  // exchange as it was, and its server with a stream: that is owed, though the reader may be free.

  private final InternalErrors errors;
  private final String client;
  private volatile boolean aborted;
  private volatile boolean escalated;
  private volatile @Nullable Throwable failure;
  private volatile boolean thrown;
  private volatile boolean starved;

  /** Whether the failure was taken. Watchdog only. */
  private boolean failureTaken;

  Ending(InternalErrors errors, String client) {
    this.errors = errors;
    this.client = client;
  }

  /** Notes that the next attempt begins: what the one before has thrown is no longer owed. */
  void begins() {
    thrown = false;
    starved = false;
  }

  void aborted() {
    aborted = true;
  }

  void escalated() {
    escalated = true;
  }

  /** Notes that nothing was done, and why, for the report; the last reason counts. */
  void failed(String what, Throwable reason) {
    if (reason instanceof NothingDoneException) {
      failure = failure == null ? reason : failure;
      return;
    }
    thrown = true;
    failure = reason;
    if (reason instanceof OutOfMemoryError) {
      starved = true;
      errors.note("an abort", reason);
    } else {
      errors.record(what + client, reason);
    }
  }

  /** Whether something was done by the first way. */
  boolean isAborted() {
    return aborted;
  }

  /** Whether something was done by the second way. */
  boolean isEscalated() {
    return escalated;
  }

  private boolean isDone() {
    return aborted || escalated;
  }

  /** Whether the last attempt failed in a way that the next one may not. */
  boolean isOwed() {
    return thrown && !isDone();
  }

  /**
   * Whether the last attempt failed for want of memory or of a thread, of which the stream itself
   * is innocent.
   */
  boolean isStarved() {
    return starved && !isDone();
  }

  /** Whether something was done, or nothing is left that could be, once an attempt came back. */
  boolean isOver(boolean cameBack) {
    return isDone() || (cameBack && !thrown);
  }

  /** Whether nothing could be done; told once. Who reports only. */
  boolean takeFailure() {
    boolean news = !failureTaken && !isDone() && failure != null;
    failureTaken |= news;
    return news;
  }

  /**
   * What was done to the exchange, for people.
   *
   * @param running whether an attempt has a thread, or waits for one
   */
  String text(boolean running) {
    if (aborted) {
      return escalated ? "aborted, after an escalation" : "aborted";
    }
    if (escalated) {
      return "aborted by escalation";
    }
    Throwable reason = failure;
    if (reason != null) {
      return "abort failed: " + text(reason);
    }
    return running ? "abort still running" : "abort not begun, as no thread is to be had";
  }

  private static String text(Throwable reason) {
    String why = reason instanceof NothingDoneException ? reason.getMessage() : null;
    return Texts.clean(why == null ? reason.toString() : why, 200);
  }
}
