package io.stallguard.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A silence that has exceeded its limit, and the question whether it is a stall. Answered once, by
 * any thread; the first answer counts.
 */
public final class Decision {
  /** Who asks for an abort looks whether it comes. */
  private static final long OPERATORS_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final StallListener listener;
  private final Guard guard;
  private final long word;

  /** As it was when it was asked about. */
  private final Stall asked;

  private final long askedNanos;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** Belongs to who answers, until there is an answer. */
  private Stall stall;

  private int putOff;
  private volatile @Nullable Verdict verdict;

  /** Watchdog only. */
  private boolean overdue;

  /**
   * Asks about a stream.
   *
   * @param word the state in which the guard was seen; from any other the answer is no
   * @param putOff how often a verdict on this silence was put off before
   */
  Decision(StallListener listener, Guard guard, long word, Stall stall, int putOff) {
    this.listener = listener;
    this.guard = guard;
    this.word = word;
    this.asked = stall;
    this.askedNanos = guard.now();
    this.stall = stall;
    this.putOff = putOff;
  }

  /** Whoever is to answer was kept from it for so long that people are to know. */
  public void late() {
    putOff++;
  }

  /**
   * It is one.
   *
   * @return whether the stream is over now: false if bytes came meanwhile or the app ceased to
   *     wait, and in mode observe
   */
  public boolean take() {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    Verdict answer = Verdict.PUT_OFF;
    try {
      long seen = wordNow();
      stall = putOff == 0 ? stall : stall.putOff(guard, putOff);
      answer = listener.stalled(guard, seen, stall);
    } finally {
      verdict = answer;
    }
    return answer == Verdict.RELEASED;
  }

  /** Heartbeats end no silence of events, but each of them changes the word. */
  private long wordNow() {
    long now = guard.word();
    boolean still = GuardWord.stateOf(now) == GuardWord.AWAITING && stall.isStillOfEvents(guard);
    return still ? now : word;
  }

  /** It is none: nobody waits. After another answer this says nothing. */
  public void drop() {
    answer(Verdict.OVERTAKEN);
  }

  /**
   * The server itself was kept from sending anything until now, by what the app has not taken: the
   * silence begins anew.
   */
  public void heldUp() {
    late();
    answer(Verdict.HELD_UP);
  }

  private void answer(Verdict no) {
    if (answered.compareAndSet(false, true)) {
      verdict = no;
    }
  }

  /**
   * The answer, null while there is none. Where none can matter any more, or nobody is left to give
   * one, that is an answer too. Watchdog only.
   */
  @Nullable Verdict verdict() {
    if (isMoot()) {
      drop();
    } else if (verdict == null && !guard.abort().canDecide()) {
      take();
    }
    return verdict;
  }

  /**
   * Whether there has been no answer for as long as the limit, of which people are to know. Once.
   * Watchdog only.
   */
  boolean becomesOverdue() {
    if (overdue || waitedNanos() < patienceNanos()) {
      return false;
    }
    overdue = true;
    return true;
  }

  private long patienceNanos() {
    return asked.isByOperator() ? OPERATORS_PATIENCE_NANOS : asked.limit().nanos();
  }

  /** How long there has been no answer. */
  long waitedNanos() {
    return guard.now() - askedNanos;
  }

  /** The silence as it is, while there is no answer. Watchdog only. */
  Stall unanswered() {
    return asked.putOff(guard, 0);
  }

  private boolean isMoot() {
    long now = guard.word();
    return now == GuardWord.FINISHED
        || (now != word && !GuardWord.isDecided(now) && !stall.isOfEvents());
  }

  long word() {
    return word;
  }

  /** How often the verdict was put off. Once there is one. */
  int putOff() {
    return putOff;
  }

  Guard guard() {
    return guard;
  }

  Stall stall() {
    return stall;
  }
}
