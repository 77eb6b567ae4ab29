package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.engine.Decision.Verdict;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Mode;
import io.stallguard.core.words.Tick;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The watchdog's thread: advances the clock, and looks at the streams that have fallen due. */
public final class Watchdog implements Runnable, DeadlineWheel.Watcher, InternalErrors.Alarm {
  // All fields but the queues, the tick and the parked flag belong to the watchdog's
  // thread; nothing here is locked. What is thrown is noted without allocation, and what it was
  // about is tried again: to fail must cost no stream its guard.

  /** Ticks between two looks at a wire: what was on its way at the first is there by then. */
  private static final int LOOK_TICKS = 2;

  /** How long what failed for want of memory or of a thread waits until it is tried again. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RunningClock clock;
  private final InWork inWork;
  private final Judge judge;
  private final WatchdogListener listener;
  private final DeadlineWheel wheel = new DeadlineWheel();
  private final OpenedStreams opened = new OpenedStreams();
  private final Notices notices;
  private final AtomicLong ids = new AtomicLong();
  private final WatchdogTasks requests = new WatchdogTasks();
  private final AtomicReference<@Nullable Policy> adopting = new AtomicReference<>();
  private volatile long tickNanos = Tick.LONGEST_NANOS;
  private volatile boolean parked;
  private volatile boolean dismissed;
  private volatile @Nullable Thread thread;
  private boolean adoptFailed;
  private boolean prepared;

  public Watchdog(RunningClock clock, InWork inWork, WatchdogListener listener) {
    this.clock = clock;
    this.inWork = inWork;
    this.judge = new Judge(inWork);
    this.listener = listener;
    this.notices = new Notices(this, listener);
  }

  /** A number for a stream. Any thread. */
  long nextId() {
    return ids.incrementAndGet();
  }

  RunningClock clock() {
    return clock;
  }

  /** What is to be told of streams. Any thread. */
  public Notices notices() {
    return notices;
  }

  /** The most by which the clock goes on at once now, unless a tick is late. Any thread. */
  long stepNanos() {
    return Tick.maxStepNanos(tickNanos);
  }

  /** Shows all streams in the wheel, which stay there. Watchdog only. */
  void each(DeadlineWheel.Watcher watcher) {
    wheel.each(watcher);
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

  /** Has what was left to the watchdog looked after soon. Any thread. */
  @Override
  public void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Lets something be done on the watchdog's thread, soon. Any thread. */
  public void request(Runnable request) {
    requests.add(request);
    LockSupport.unpark(thread);
  }

  /** All streams that are open go by this policy from now on. Any thread. */
  public void adopt(Policy policy) {
    adopting.set(policy);
    LockSupport.unpark(thread);
  }

  /** Brings all streams the newest policy, which stays wanted until all have it. */
  private void adoptPolicy() {
    Policy policy = adopting.get();
    if (policy != null) {
      adoptFailed = false;
      takeAll(entry -> adopt(entry, policy));
      adopting.compareAndSet(adoptFailed ? null : policy, null);
    }
  }

  /** No failure on the way may leave a stream out of the wheel. */
  private void takeAll(DeadlineWheel.Watcher doing) {
    wheel.takeAll(
        entry -> {
          try {
            doing.look(entry);
          } catch (Throwable t) {
            lookSoon(entry);
            adoptFailed |= t instanceof OutOfMemoryError;
            listener.failed(t);
          }
        });
  }

  private void adopt(StreamEntry entry, Policy policy) {
    Guard guard = entry.guard();
    if (guard != null) {
      Limits before = guard.limits();
      Limits limits = policy.renewed(guard.exchange());
      long less = before.allowanceNanos() + entry.extraAllowanceNanos - limits.allowanceNanos();
      entry.extraAllowanceNanos = Math.max(0, less);
      entry.totalReported &= limits.mode() == Mode.OBSERVE;
      guard.adopt(limits);
      tickNanos = Math.min(tickNanos, limits.tickNanos());
      lookSoon(entry);
    }
  }

  /** Has a stream aborted on which somebody waits, whatever its limits. Watchdog only. */
  public void abort(Guard wanted) {
    takeAll(entry -> abortIfAwaited(entry, wanted));
  }

  private void abortIfAwaited(StreamEntry entry, Guard wanted) {
    long word = wanted.word();
    boolean free = entry.asked == null || entry.asked.isLooking();
    if (entry != wanted.entry() || !free || !GuardWord.isWaiting(word)) {
      lookSoon(entry);
      return;
    }
    long since = GuardWord.sinceOf(word);
    long now = wanted.now();
    stalled(entry, wanted, word, new Stall(wanted, Stall.BY_OPERATOR, since, now), now);
  }

  /** Takes a failure of ours on a thread of the app. */
  void failed(Throwable failure) {
    listener.failed(failure);
    wake();
  }

  /** Lets go of all streams, and ends once what is decided already has been done. Any thread. */
  public void dismiss() {
    dismissed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    clock.resume();
    while (!dismissed || !isIdle()) {
      try {
        sleep();
        tick();
      } catch (Throwable t) {
        listener.failed(t);
      }
    }
  }

  private void sleep() {
    if (isIdle()) {
      sleepUntilWoken();
    } else {
      LockSupport.parkNanos(this, tickNanos);
    }
    // Nobody has a reason to interrupt this thread, and an interrupted thread cannot park.
    Thread.interrupted();
  }

  private void sleepUntilWoken() {
    tickNanos = Tick.LONGEST_NANOS;
    parked = true;
    if (isIdle()) {
      clock.rest();
      LockSupport.park(this);
    }
    parked = false;
    clock.resume();
  }

  private boolean isIdle() {
    return wheel.size() == 0
        && opened.isEmpty()
        && notices.isEmpty()
        && requests.isEmpty()
        && adopting.get() == null
        && inWork.isEmpty()
        && !listener.hasWork();
  }

  /** A turn of the loop: advances the clock, takes in new streams, judges those that are due. */
  public void tick() {
    long steppedTickNanos = tickNanos;
    clock.advance(steppedTickNanos);
    try {
      admit(steppedTickNanos);
      adoptPolicy();
      letGoIfDismissed();
      requests.answer(clock.now());
    } catch (Throwable t) {
      listener.failed(t);
    }
    try {
      if (clock.mayLook()) {
        wheel.expire(clock.now(), this);
      }
      notices.tick();
    } catch (Throwable t) { // What is in work does not wait for the rest: the next turn has it.
      listener.failed(t);
    }
    inWork.attend(listener);
    listener.tick();
  }

  /** Lets go of all streams: their threads find them over, and nothing is told of them. */
  private void letGoIfDismissed() {
    if (dismissed) {
      wheel.takeAll(StreamEntry::letGo);
      notices.drop();
    }
  }

  /** Has a stream seen at the next tick: the wheel hands out nothing twice in one. */
  private void lookSoon(StreamEntry entry) {
    wheel.add(entry, clock.now());
  }

  private void admit(long steppedTickNanos) {
    for (StreamEntry entry = opened.poll(); entry != null; entry = opened.poll()) {
      Guard guard = entry.get();
      if (guard != null) {
        if (!prepared) {
          prepared = true;
          listener.prepare();
        }
        entry.beginAt = beginAt(guard, steppedTickNanos);
        tickNanos = Math.min(tickNanos, guard.limits().tickNanos());
        wheel.add(entry, entry.beginAt + DueTimes.firstLookNanos(guard.limits()));
      }
    }
  }

  /** When a stream's time begins: its opening, unless the clock's steps were too long for that. */
  private long beginAt(Guard guard, long steppedTickNanos) {
    return guard.limits().tickNanos() < steppedTickNanos
        ? clock.now()
        : guard.progress().openedAt();
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
        lookAgain(entry, asked);
      }
    } catch (Throwable t) {
      // No memory to decide, say: this stream may wait, the others of its slot must not.
      wheel.add(entry, clock.now() + (entry.asked == null ? AGAIN_NANOS : tickNanos));
      listener.failed(t);
    }
  }

  private void look(StreamEntry entry, Guard guard) {
    long word = guard.word();
    if (GuardWord.isWaiting(word) && Demand.isOwed(guard)) {
      judge(entry, guard, word);
    } else if (GuardWord.stateOf(word) < GuardWord.STALLED) {
      guard.reported().tellIfLeft(guard, word);
      lookLater(entry, guard);
    }
  }

  private void judge(StreamEntry entry, Guard guard, long word) {
    long now = clock.now();
    DueTimes dues = new DueTimes(entry, guard, word, LOOK_TICKS * tickNanos);
    Stall stall = dues.exceeded();
    if (stall != null) {
      stalled(entry, guard, word, stall, stall.isSilence() ? dues.silenceDue() : now);
    } else {
      long next = dues.next(tickNanos);
      wheel.add(entry, Math.min(next, now + DueTimes.nextLookNanos(guard.limits())));
    }
  }

  private void stalled(StreamEntry entry, Guard guard, long word, Stall stall, long dueAt) {
    goOn(entry, new Decision(judge, listener, guard, word, stall, entry.putOff(word), dueAt));
  }

  /** Goes on with a decision. Looks without an answer hold off no limit on the whole stream. */
  private void lookAgain(StreamEntry entry, Decision asked) {
    Guard guard = asked.guard();
    if (asked.isOutdated()) {
      entry.asked = null;
      look(entry, guard);
      return;
    }
    long now = clock.now();
    long word = guard.word();
    if (asked.isLooking() && GuardWord.isWaiting(word) && now >= entry.totalDue(guard)) {
      Limit total = guard.limits().total();
      stalled(entry, guard, word, new Stall(guard, total, entry.beginAt, now), now);
    } else {
      goOn(entry, asked);
    }
  }

  private void goOn(StreamEntry entry, Decision decision) {
    // Before anybody is asked: an answer is heard, even if who gave it failed in the end.
    entry.asked = decision;
    boolean heard = false;
    try {
      decision.goOn(clock, LOOK_TICKS * tickNanos);
      heard = true;
    } finally {
      if (!heard && decision.verdict() == null) {
        entry.asked = null;
      }
    }
    settle(entry, decision);
  }

  /** Goes on as was decided; where that is still to come, asks again on the next tick. */
  private void settle(StreamEntry entry, Decision decision) {
    Verdict verdict = decision.verdict();
    entry.asked = verdict == null ? decision : null;
    if (verdict == null) {
      lookSoon(entry);
      decision.tellIfOverdue();
    } else if (verdict == Verdict.FAILED) {
      wheel.add(entry, clock.now() + AGAIN_NANOS);
    } else {
      settle(entry, decision, verdict);
    }
  }

  private void settle(StreamEntry entry, Decision decision, Verdict verdict) {
    Guard guard = decision.guard();
    Stall stall = decision.stall();
    if (verdict == Verdict.TRIPPED) {
      // Before all that may wait: where processor time is short there is little of it at a time.
      inWork.cut(guard.incident(), listener);
      notices.tripped(guard, stall);
      return;
    }
    if (verdict == Verdict.REPORTED) {
      listener.observed(stall);
    }
    long held = verdict == Verdict.NO_ROOM ? entry.noRoom(decision, clock.now()) : 0;
    if (held > 0) {
      decision.tellHeldUp(held);
    }
    entry.totalReported |= verdict == Verdict.REPORTED && stall.limit() == guard.limits().total();
    lookLater(entry, guard);
  }

  private void lookLater(StreamEntry entry, Guard guard) {
    long now = clock.now();
    long others = Math.max(entry.soonestDue(guard, now), now + tickNanos);
    wheel.add(entry, Math.min(now + DueTimes.nextLookNanos(guard.limits()), others));
  }
}
