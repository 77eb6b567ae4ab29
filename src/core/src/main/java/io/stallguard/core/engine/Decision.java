package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.Looks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a stream that is at a limit, or near it, has stalled; answered once. Any
 * thread answers, and the first answer counts; the watchdog asks.
 */
public final class Decision {
  /** An operator who has asked for an abort looks whether it comes, and is told after this time. */
  private static final long OPERATORS_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Judge judge;
  private final WatchdogListener listener;
  private final Guard guard;
  private final long word;

  /** The silence as it was when the question was asked. */
  private final Stall asked;

  private final long askedAt;
  private final long dueAt;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** The silence as it stands now. Belongs to who answers, until there is an answer. */
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
  private boolean wasBusy;

  /** Whether the abort has been asked to decide. Watchdog only. */
  private boolean askedToDecide;

  /** Whether it was told that an answer is overdue. Watchdog only. */
  private boolean overdue;

  /**
   * Asks about a stream.
   *
   * @param word the state in which the guard was seen; from any other the answer is no
   * @param putOff how often a verdict on this silence was put off before
   * @param dueAt running time of the verdict at the soonest: the wire may be asked before that
   */
  Decision(
      Judge judge,
      WatchdogListener listener,
      Guard guard,
      long word,
      Stall stall,
      int putOff,
      long dueAt) {
    this.judge = judge;
    this.listener = listener;
    this.guard = guard;
    this.word = word;
    this.asked = stall;
    this.askedAt = guard.now();
    this.stall = stall;
    this.putOff = putOff;
    this.dueAt = dueAt;
    LastLook wire = stall.isSilence() ? guard.entry().lastLook(guard) : null;
    this.looks = wire == null ? null : new Looks(wire, listener::failed, stall.limit().nanos());
  }

  /**
   * Takes the next step: a look, or once the looks have found nothing the question. Watchdog only.
   *
   * @param pauseNanos between two looks
   */
  void goOn(RunningClock clock, long pauseNanos) {
    long pause = Math.max(pauseNanos, DueTimes.roundTripNanos(guard, asked.limit()));
    if (verdict() == null && !askedToDecide && hasLooked(clock, pause)) {
      askedToDecide = true;
      guard.abort().decide(guard, this);
    }
  }

  private boolean hasLooked(RunningClock clock, long pauseNanos) {
    long now = clock.now();
    boolean due = isDue() && !isConsumerBusy(now);
    Looks open = looks;
    if (open == null) {
      return due && clock.mayJudge();
    }
    Looks.Step step = open.next(now, pauseNanos, due);
    if (step == Looks.Step.ASK && open.isQuick()) {
      open.run();
      step = open.next(now, pauseNanos, due);
    }
    switch (step) {
      case ASK:
        listener.look(open);
        return false;
      case WAITS:
        foundWaiting();
        return false;
      case NO_ROOM:
        noRoom();
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

  /** Whether the client delivers to somebody else, so that no look counts as the last one. */
  private boolean isConsumerBusy(long now) {
    boolean busy = asked.isSilence() && guard.entry().isConsumerBusy(guard, asked.limit(), now);
    if (busy && !wasBusy) {
      wasBusy = true;
      late();
    }
    return busy;
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
   * Whether bytes have come, or a read has ended, before the verdict was due: what lasts now is
   * another silence, or has another verdict. Watchdog only.
   */
  boolean isOutdated() {
    return !askedToDecide && !isDue() && guard.word() != word;
  }

  private boolean isDue() {
    return guard.now() - dueAt >= 0;
  }

  /** Whether nobody but the wire was asked yet. Watchdog only. */
  boolean isLooking() {
    return !askedToDecide;
  }

  /** Counts that whoever is to answer was kept from it for so long that people are to know. */
  public void late() {
    putOff++;
  }

  /**
   * Answers that the silence is a stall.
   *
   * @return whether the stream is over now: false if bytes came meanwhile or the app ceased to
   *     wait, in mode observe, and after another answer
   */
  public boolean take() {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    Verdict answer = Verdict.FAILED;
    try {
      long seen = wordNow();
      // While it was looked at the silence has gone on.
      stall =
          putOff == 0 && guard.now() == askedAt ? stall : stall.asOfNow(guard, putOff, unfetched);
      answer = judge.verdict(guard, seen, stall);
    } finally {
      verdict = answer;
    }
    return answer == Verdict.TRIPPED;
  }

  /**
   * The guard's word as it is now, if the silence still lasts. Heartbeats end no silence of events,
   * nor short reads a silence of bytes; but both change the word.
   */
  private long wordNow() {
    long now = guard.word();
    return GuardWord.stateOf(now) == GuardWord.AWAITING && isStill(now) ? now : word;
  }

  /** Answers that there is no stall, as nobody waits. After another answer this says nothing. */
  public void drop() {
    answer(Verdict.OVERTAKEN);
  }

  /**
   * Answers that the server itself was kept from sending anything until now, by what the app has
   * not taken: the silence begins anew.
   */
  public void noRoom() {
    late();
    answer(Verdict.NO_ROOM);
  }

  private void answer(Verdict no) {
    if (answered.compareAndSet(false, true)) {
      verdict = no;
    }
  }

  /**
   * The answer, null while there is none. The answer is no where the silence is over, and yes where
   * who was to decide cannot any more. Watchdog only.
   */
  @Nullable Verdict verdict() {
    if (isMoot()) {
      drop();
    } else if (verdict == null && askedToDecide && !guard.abort().canDecide()) {
      take();
    }
    return verdict;
  }

  /**
   * Tells people, once, that there has been no answer for as long as the limit. The stream is
   * looked at again, whatever comes of that. Watchdog only.
   */
  void tellIfOverdue() {
    long waited = guard.now() - askedAt;
    if (overdue || waited < patienceNanos()) {
      return;
    }
    overdue = true;
    tell(guard.abort()::holdup, waited);
  }

  /**
   * Tells people that the server was kept from sending for this long after the limit. Watchdog
   * only.
   */
  void tellHeldUp(long waitedNanos) {
    tell(guard.abort()::usedRoom, waitedNanos);
  }

  private void tell(Supplier<Holdup> who, long waitedNanos) {
    try {
      listener.unanswered(asked.asOfNow(guard, 0, false), who.get(), waitedNanos);
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

  /** How often the verdict was put off; means something once there is a verdict. */
  int putOff() {
    return putOff;
  }

  Guard guard() {
    return guard;
  }

  Stall stall() {
    return stall;
  }

  /** What becomes of a silence at its limit: the answer. */
  enum Verdict {
    /** The stream is over by decision. */
    TRIPPED,
    /** The silence was reported and left to go on. */
    REPORTED,
    /** No stall: bytes came while it was decided, or nobody waits. */
    OVERTAKEN,
    /** No stall: the server was kept from sending anything. */
    NO_ROOM,
    /** Not known: to decide failed, for want of memory, say. The question is asked again soon. */
    FAILED
  }
}
