package io.stallguard.core;

import io.stallguard.core.engine.Holdup;
import io.stallguard.core.engine.LastLook;
import io.stallguard.core.engine.Looks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
  private final long dueNanos;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** Belongs to who answers, until there is an answer. */
  private Stall stall;

  private int putOff;

  /** Whether the client has left unread what came. Set before anybody is asked. */
  private boolean unfetched;

  private volatile @Nullable Verdict verdict;

  /** The looks before anybody is asked; null if there are none. */
  private final @Nullable Looks looks;

  /** Whether any of the looks has found something. Watchdog only. */
  private boolean somethingWaited;

  /** Whether a busy consumer has put the verdict off. Watchdog only. */
  private boolean wasHeldUp;

  /** Whether who decides has been asked. Watchdog only. */
  private boolean decided;

  /** Watchdog only. */
  private boolean overdue;

  /**
   * Asks about a stream.
   *
   * @param word the state in which the guard was seen; from any other the answer is no
   * @param putOff how often a verdict on this silence was put off before
   * @param dueNanos running time of the verdict at the soonest: the wire may be asked before that
   */
  Decision(StallListener listener, Guard guard, long word, Stall stall, int putOff, long dueNanos) {
    this.listener = listener;
    this.guard = guard;
    this.word = word;
    this.asked = stall;
    this.askedNanos = guard.now();
    this.stall = stall;
    this.putOff = putOff;
    this.dueNanos = dueNanos;
    LastLook wire = stall.isSilence() ? guard.entry().lastLook(guard) : null;
    this.looks = wire == null ? null : new Looks(wire, listener::failed, stall.limit().nanos());
  }

  /**
   * Goes on: with the looks, and once they have found nothing with the question. Watchdog only.
   *
   * @param pauseNanos between two looks
   */
  void goOn(RunningClock clock, long pauseNanos) {
    long pause = Math.max(pauseNanos, Dues.roundTripNanos(guard, asked.limit()));
    if (verdict() == null && !decided && hasLooked(clock, pause)) {
      decided = true;
      guard.abort().decide(guard, this);
    }
  }

  private boolean hasLooked(RunningClock clock, long pauseNanos) {
    long nowNanos = clock.nowNanos();
    boolean due = isDue() && !isHeldUp(nowNanos);
    Looks open = looks;
    if (open == null) {
      return due && clock.mayJudge();
    }
    Looks.Step step = open.next(nowNanos, pauseNanos, due);
    if (step == Looks.Step.ASK && open.isQuick()) {
      open.run();
      step = open.next(nowNanos, pauseNanos, due);
    }
    switch (step) {
      case ASK:
        listener.look(open);
        return false;
      case WAITS:
        foundWaiting();
        return false;
      case HELD_UP:
        heldUp();
        return false;
      case UNFETCHED:
        unfetched = true;
        return true;
      case DONE:
        return true;
      default:
        return false;
    }
  }

  /** While the client delivers to somebody else no look counts as the last one. */
  private boolean isHeldUp(long nowNanos) {
    boolean heldUp = asked.isSilence() && guard.entry().isHeldUp(guard, asked.limit(), nowNanos);
    if (heldUp && !wasHeldUp) {
      wasHeldUp = true;
      late();
    }
    return heldUp;
  }

  private void foundWaiting() {
    if (!somethingWaited) {
      somethingWaited = true;
      late();
      guard.entry().foundWaiting++;
      listener.foundWaiting();
    }
  }

  /**
   * Whether the silence has been broken, or a read of it has ended, before the time of the verdict,
   * which is another one by now. Watchdog only.
   */
  boolean isOutdated() {
    return !decided && !isDue() && guard.word() != word;
  }

  private boolean isDue() {
    return guard.now() - dueNanos >= 0;
  }

  /** Whether nobody but the wire was asked yet. Watchdog only. */
  boolean isLooking() {
    return !decided;
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
      // While it was looked at the silence has gone on.
      stall =
          putOff == 0 && guard.now() == askedNanos ? stall : stall.putOff(guard, putOff, unfetched);
      answer = listener.stalled(guard, seen, stall);
    } finally {
      verdict = answer;
    }
    return answer == Verdict.RELEASED;
  }

  /**
   * Heartbeats end no silence of events, nor short reads one of bytes; but both change the word.
   */
  private long wordNow() {
    long now = guard.word();
    return GuardWord.stateOf(now) == GuardWord.AWAITING && isStill(now) ? now : word;
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
    } else if (verdict == null && decided && !guard.abort().canDecide()) {
      take();
    }
    return verdict;
  }

  /**
   * Tells, once, that there has been no answer for as long as the limit. The stream is looked at
   * again, whatever comes of that. Watchdog only.
   */
  void tellIfOverdue() {
    long waited = guard.now() - askedNanos;
    if (overdue || waited < patienceNanos()) {
      return;
    }
    overdue = true;
    tell(guard.abort()::holdup, waited);
  }

  /** Tells that the server was kept from sending for this long after the limit. Watchdog only. */
  void tellHeldUp(long waitedNanos) {
    tell(guard.abort()::usedRoom, waitedNanos);
  }

  private void tell(Supplier<Holdup> who, long waitedNanos) {
    try {
      listener.unanswered(asked.putOff(guard, 0, false), who.get(), waitedNanos);
    } catch (Throwable t) {
      listener.failed(t);
    }
  }

  private long patienceNanos() {
    return asked.isByOperator() ? OPERATORS_PATIENCE_NANOS : asked.limit().nanos();
  }

  private boolean isMoot() {
    long now = guard.word();
    return now == GuardWord.FINISHED
        || (isDue()
            && now != word
            && !GuardWord.isDecided(now)
            && !asked.isOfEvents()
            && !asked.isStillOfBytes(guard, now));
  }

  private boolean isStill(long now) {
    return stall.isStillOfEvents(guard) || stall.isStillOfBytes(guard, now);
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
