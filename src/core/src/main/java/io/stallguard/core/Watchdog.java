package io.stallguard.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that advances the clock and looks at the streams that have fallen due. */
final class Watchdog implements Runnable, DeadlineWheel.Watcher {
  // All fields but the queues, the tick and the parked flag belong to the watchdog's thread.
  // Other threads hand things over through the queues; nothing here is locked.

  /**
   * After a pause: ticks in which readers that have data waiting may run before anyone is judged.
   */
  private static final int HOLD_TICKS = 2;

  private final RunningClock clock;
  private final StallListener listener;
  private final DeadlineWheel wheel = new DeadlineWheel();
  private final Queue<StreamEntry> opened = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> notices = new ConcurrentLinkedQueue<>();
  private final AtomicLong ids = new AtomicLong();
  private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private volatile long tickNanos = Tick.LONGEST_NANOS;
  private volatile boolean parked;
  private volatile @Nullable Thread thread;
  private int holdTicks;

  Watchdog(RunningClock clock, StallListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** A number for a stream. Any thread. */
  long nextId() {
    return ids.incrementAndGet();
  }

  RunningClock clock() {
    return clock;
  }

  /** The most by which the clock goes on at once now. Any thread. */
  long stepNanos() {
    return Tick.maxStepNanos(tickNanos);
  }

  /** How many streams are in the wheel, those included that ended since they were looked at. */
  int watched() {
    return wheel.size();
  }

  /** Starts to watch a stream. Any thread. */
  void watch(Guard guard) {
    opened.add(guard.entry());
    if (parked || guard.limits().tickNanos() < tickNanos) {
      LockSupport.unpark(thread);
    }
  }

  /** Lets something be done on the watchdog's thread, soon. Any thread. */
  void request(Runnable request) {
    requests.add(request);
    LockSupport.unpark(thread);
  }

  /** All streams that are open go by this policy from now on. Any thread. */
  void adopt(Policy policy) {
    request(() -> wheel.takeAll(entry -> orKeep(entry, taken -> adopt(taken, policy))));
  }

  /** No failure on the way may leave the others out of the wheel. */
  private void orKeep(StreamEntry entry, DeadlineWheel.Watcher doing) {
    try {
      doing.look(entry);
    } catch (Throwable t) {
      lookSoon(entry);
      listener.failed(t);
    }
  }

  private void adopt(StreamEntry entry, Policy policy) {
    Guard guard = entry.guard();
    if (guard != null) {
      Limits before = guard.limits();
      Limits limits = policy.renewed(guard.exchange());
      long less = before.allowanceNanos() + entry.extraAllowanceNanos - limits.allowanceNanos();
      entry.extraAllowanceNanos = Math.max(0, less);
      entry.totalReported = false;
      guard.adopt(limits);
      tickNanos = Math.min(tickNanos, limits.tickNanos());
      lookSoon(entry);
    }
  }

  /** The streams that are open, in no order. Watchdog only. */
  List<Guard> open() {
    List<Guard> guards = new ArrayList<>(wheel.size());
    wheel.takeAll(
        entry -> {
          lookSoon(entry);
          Guard guard = entry.get();
          if (guard != null && GuardWord.stateOf(guard.word()) < GuardWord.STALLED) {
            guards.add(guard);
          }
        });
    return guards;
  }

  /** Has a stream aborted on which somebody waits, whatever its limits. Watchdog only. */
  void abort(Guard wanted) {
    wheel.takeAll(entry -> orKeep(entry, taken -> abortIfAwaited(taken, wanted)));
  }

  private void abortIfAwaited(StreamEntry entry, Guard wanted) {
    long word = wanted.word();
    if (entry != wanted.entry() || entry.asked != null || !GuardWord.isWaiting(word)) {
      lookSoon(entry);
      return;
    }
    long since = GuardWord.sinceOf(word);
    stalled(entry, wanted, word, new Stall(wanted, Stall.BY_OPERATOR, since, wanted.now()));
  }

  /** A silence that was reported in mode observe is over. Any thread. */
  void resumed(Guard guard, long silentNanos) {
    tell(() -> listener.resumed(guard, silentNanos));
  }

  /** A silence under demand, if any, is over; by itself if bytes or the end came. Any thread. */
  void silenceOver(Guard guard, long seen, long nowNanos, boolean byItself) {
    long nanos = GuardWord.isWaiting(seen) ? nowNanos - GuardWord.sinceOf(seen) : 0;
    if (byItself && nanos >= GapHistory.SHORTEST_NANOS) {
      gap(guard, nanos);
    }
    if (GuardWord.stateOf(seen) == GuardWord.OBSERVED) {
      resumed(guard, nanos);
    }
  }

  private void gap(Guard guard, long nanos) {
    boolean first = guard.progress().isBeforeSecondChunk();
    guard.progress().gap(nanos);
    tell(() -> listener.gap(guard, nanos, first));
  }

  /**
   * A stream is over, not by decision. Any thread.
   *
   * @param byItself whether the end came; if not, it failed or the app closed it
   */
  void over(Guard guard, long seen, boolean byItself) {
    long now = clock.nowNanos();
    boolean awaited = GuardWord.isWaiting(seen);
    if (byItself) {
      guard.events().ends(now, awaited);
    }
    boolean givenUp = !byItself && awaited && GapHistory.isGivenUp(guard, seen, now);
    tell(() -> listener.over(guard, now - guard.progress().openedNanos(), givenUp));
  }

  /** Lets something be told by the watchdog, or by the thread that ends the JVM. Any thread. */
  void tell(Runnable notice) {
    notices.add(notice);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * A stream has ended without its terminal event. Any thread.
   *
   * @return what is told of it, one line
   */
  String truncated(Guard guard) {
    String message = StallReport.truncated(guard, clock.nowNanos());
    tell(() -> listener.truncated(message));
    return message;
  }

  /** Something of ours failed on a thread of the app. */
  void failed(Throwable failure) {
    listener.failed(failure);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    clock.resume();
    while (true) {
      try {
        sleep();
        tick();
      } catch (Throwable t) {
        listener.failed(t);
      }
    }
  }

  private void sleep() {
    if (!isIdle()) {
      LockSupport.parkNanos(this, tickNanos);
      forgetInterrupt();
      return;
    }
    tickNanos = Tick.LONGEST_NANOS;
    parked = true;
    if (opened.isEmpty() && notices.isEmpty() && requests.isEmpty()) {
      LockSupport.park(this);
    }
    parked = false;
    forgetInterrupt();
    clock.resume();
  }

  /** Nobody has a reason to interrupt this thread, and an interrupted thread cannot park. */
  private static void forgetInterrupt() {
    Thread.interrupted();
  }

  private boolean isIdle() {
    return wheel.size() == 0
        && opened.isEmpty()
        && notices.isEmpty()
        && requests.isEmpty()
        && !listener.hasWork();
  }

  /** One turn: advances the clock, takes in new streams, judges those that are due. */
  void tick() {
    long steppedTickNanos = tickNanos;
    long elapsed = clock.advance(Tick.maxStepNanos(steppedTickNanos));
    admit(steppedTickNanos);
    answerRequests();
    if (mayJudge(elapsed)) {
      wheel.expire(clock.nowNanos(), this);
    }
    tellResumptions();
    listener.tick();
  }

  private void lookSoon(StreamEntry entry) {
    wheel.add(entry, clock.nowNanos() + tickNanos);
  }

  private void answerRequests() {
    for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
      request.run();
    }
  }

  /** Passes on what was resumed. On each tick, and by the thread that ends the JVM. */
  void tellResumptions() {
    for (Runnable notice = notices.poll(); notice != null; notice = notices.poll()) {
      notice.run();
    }
  }

  /** Not in the ticks after a pause, except that pauses in a row cannot put it off for ever. */
  private boolean mayJudge(long elapsedNanos) {
    if (holdTicks > 0) {
      return --holdTicks == 0;
    }
    if (Tick.isPause(elapsedNanos)) {
      holdTicks = HOLD_TICKS;
      return false;
    }
    return true;
  }

  private void admit(long steppedTickNanos) {
    for (StreamEntry entry = opened.poll(); entry != null; entry = opened.poll()) {
      Guard guard = entry.get();
      if (guard != null) {
        entry.beginNanos = beginNanos(guard, steppedTickNanos);
        tickNanos = Math.min(tickNanos, guard.limits().tickNanos());
        wheel.add(entry, entry.beginNanos + guard.limits().firstLookNanos());
      }
    }
  }

  /**
   * From the opening, unless the clock went in steps that this stream's allowance does not cover.
   */
  private long beginNanos(Guard guard, long steppedTickNanos) {
    return guard.limits().tickNanos() < steppedTickNanos
        ? clock.nowNanos()
        : guard.progress().openedNanos();
  }

  @Override
  public void look(StreamEntry entry) {
    Decision asked = entry.asked;
    Guard guard = entry.guard();
    if (guard == null) {
      return;
    }
    try {
      if (asked == null) {
        look(entry, guard);
      } else {
        settle(entry, asked);
      }
    } catch (Throwable t) {
      // No thread for the abort, say: this stream may wait, the others of its slot must not.
      listener.failed(t);
      lookLater(entry, guard);
    }
  }

  private void look(StreamEntry entry, Guard guard) {
    long word = guard.word();
    int state = GuardWord.stateOf(word);
    if (state == GuardWord.AWAITING && Demand.isOwed(guard)) {
      judge(entry, guard, word);
    } else if (state < GuardWord.STALLED) {
      lookLater(entry, guard);
    }
  }

  private void judge(StreamEntry entry, Guard guard, long word) {
    Limits limits = guard.limits();
    long now = clock.nowNanos();
    long held = entry.heldUntilNanos(guard, now);
    long since = Math.max(GuardWord.sinceOf(word), held);
    Limit silence = limits.silence(guard.progress(), guard.events());
    long due = since + silence.nanos() + guard.entry().allowanceNanos(guard);
    long eventSince = Math.max(guard.events().sinceNanos(), held);
    Limit eventSilence = limits.eventSilence(guard.events());
    long eventDue = entry.eventDue(guard, eventSince, eventSilence);
    long totalDue = entry.totalDue(guard);
    if (now >= eventDue && eventDue <= due) {
      stalled(entry, guard, word, new Stall(guard, eventSilence, eventSince, now));
    } else if (now >= due) {
      stalled(entry, guard, word, new Stall(guard, silence, since, now));
    } else if (now >= totalDue) {
      stalled(entry, guard, word, new Stall(guard, limits.total(), entry.beginNanos, now));
    } else {
      long next = Math.min(Math.min(due, eventDue), totalDue);
      wheel.add(entry, Math.min(next, nextLook(limits, now)));
    }
  }

  /** A terminal event, which may come at any time, makes a shorter limit the one in force. */
  private static long nextLook(Limits limits, long now) {
    return now + Math.max(limits.shortestSilenceNanos(), limits.tickNanos());
  }

  private void stalled(StreamEntry entry, Guard guard, long word, Stall stall) {
    Decision decision = new Decision(listener, guard, word, stall, entry.putOff(word));
    guard.abort().decide(guard, decision);
    settle(entry, decision);
  }

  /** Goes on as was decided; where that is still to come, asks again on the next tick. */
  private void settle(StreamEntry entry, Decision decision) {
    Verdict verdict = decision.verdict();
    entry.asked = verdict == null ? decision : null;
    if (verdict == null) {
      lookSoon(entry);
      return;
    }
    Guard guard = decision.guard();
    Stall stall = decision.stall();
    listener.decided(guard, stall, verdict);
    if (verdict == Verdict.RELEASED) {
      return;
    }
    if (verdict == Verdict.HELD_UP) {
      entry.heldUp(decision, clock.nowNanos());
    }
    entry.totalReported |= verdict == Verdict.REPORTED && stall.limit() == guard.limits().total();
    lookLater(entry, guard);
  }

  /**
   * Nobody waits now: no byte silence can be due before a whole limit has passed, and event silence
   * not before what is left of its limit.
   */
  private void lookLater(StreamEntry entry, Guard guard) {
    Limits limits = guard.limits();
    Events events = guard.events();
    long now = clock.nowNanos();
    long eventDue =
        entry.eventDue(guard, events.sinceNanosIfAwaited(now), limits.eventSilence(events));
    long others = Math.max(Math.min(eventDue, entry.totalDue(guard)), now + tickNanos);
    wheel.add(entry, Math.min(nextLook(limits, now), others));
  }
}
