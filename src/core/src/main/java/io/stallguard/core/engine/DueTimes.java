package io.stallguard.core.engine;

import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Tick;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the limits of a stream that is awaited fall due, as it stands at one look. Watchdog only.
 */
final class DueTimes {
  // The wire is asked before a silence falls due, so that the looks are over when it does: where
  // processor time is short each wait of the watchdog takes as long as a read's own timeout is
  // late.
  // The looks have two ticks between them, or a round trip, so they begin so long before; where
  // ticks come late at present, with the first one of the last second. What comes meanwhile makes
  // them moot. So each stream is seen to before that, whenever a silence may have begun.

  /**
   * The most that looks begin ahead of their time: no more is needed even where a quota is used up,
   * and more would cost looks in vain.
   */
  private static final long MOST_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The part of a limit that looks begin ahead at the most: no short limit is looked ahead of for
   * most of its time.
   */
  private static final int AHEAD_PART = 4;

  /** More time than lies between two looks, where that is no matter of ticks. */
  private static final long MOST_BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Guard guard;
  private final StreamEntry entry;
  private final long now;
  private final long looksNanos;
  private final boolean ticksAreLate;
  private final long begun;
  private final long since;
  private final Limit silence;
  private final long due;
  private final long eventsBegun;
  private final long eventSince;
  private final Limit eventSilence;
  private final long eventDue;
  private final long eventDueIfHeartbeat;
  private final long totalDue;

  /**
   * Reckons how the stream stands now.
   *
   * @param looksNanos what the looks at the wire take; the limits' allowance is not shorter
   */
  DueTimes(StreamEntry entry, Guard guard, long word, long looksNanos) {
    this.guard = guard;
    this.entry = entry;
    this.now = guard.now();
    this.looksNanos = looksNanos;
    this.ticksAreLate = guard.clock().lateNanos() > looksNanos;
    long held = entry.heldUntil();
    this.begun = Math.max(GuardWord.sinceOf(word), entry.beginAt);
    this.since = Math.max(begun, held);
    this.silence = InForce.ofBytes(guard);
    // What mode observe has reported is reported once; the limit on the whole stream runs on.
    boolean reported = GuardWord.isReported(word);
    this.due = reported ? Long.MAX_VALUE : entry.silenceDue(guard, since, silence);
    this.eventsBegun = Math.max(guard.events().since(), entry.beginAt);
    this.eventSince = Math.max(eventsBegun, held);
    this.eventSilence = InForce.ofEvents(guard);
    this.eventDue = reported ? Long.MAX_VALUE : entry.eventDue(guard, held, eventSilence);
    this.eventDueIfHeartbeat =
        reported ? Long.MAX_VALUE : entry.eventDueIfHeartbeat(guard, held, eventSilence);
    this.totalDue = entry.totalDue(guard);
  }

  /** What has exceeded its limit, or is about to; null if nothing is. */
  @Nullable Stall exceeded() {
    if (eventDue <= due && now >= ahead(eventDue, eventSilence)) {
      return new Stall(guard, eventSilence, eventsBegun, eventSince, now);
    }
    if (now >= ahead(due, silence)) {
      return new Stall(guard, silence, begun, since, now);
    }
    return now >= totalDue ? new Stall(guard, guard.limits().total(), entry.beginAt, now) : null;
  }

  /** When to begin with the looks, for a silence that is due at this time. */
  private long ahead(long dueAt, Limit limit) {
    return dueAt - looksNanos(limit) - (ticksAreLate ? mostAheadNanos(limit) : 0);
  }

  private long looksNanos(Limit limit) {
    return looksNanos + roundTripNanos(guard, limit);
  }

  /** The time between two looks in which a server that has room again is heard of. */
  static long roundTripNanos(Guard guard, Limit limit) {
    return Math.min(guard.abort().roundTripNanos(), Math.max(0, limit.nanos() / AHEAD_PART));
  }

  private static long mostAheadNanos(Limit limit) {
    return Math.min(MOST_AHEAD_NANOS, limit.nanos() / AHEAD_PART);
  }

  /** How long after its begin a silence is to be seen, so that its looks can begin in time. */
  private static long firstSightNanos(long limitNanos) {
    return limitNanos - Math.min(MOST_AHEAD_NANOS + MOST_BETWEEN_NANOS, limitNanos / 2);
  }

  /** When a stream wants to be looked at first after its begin, in nanoseconds. */
  static long firstLookNanos(Limits limits) {
    return Math.min(limits.shortestNanos(), nextLookNanos(limits));
  }

  /**
   * How long after a look at which there was no silence it wants to be looked at again: what it
   * says may come at any time, and may bring a shorter limit into force.
   */
  static long nextLookNanos(Limits limits) {
    return Math.max(limits.tickNanos(), firstSightNanos(limits.shortestSilenceNanos()));
  }

  /** When a silence may be declared a stall. */
  long silenceDue() {
    return Math.min(due, eventDue);
  }

  /** When to look at the stream again, if nothing has exceeded its limit. */
  long next(long tickNanos) {
    long events = next(eventDueIfHeartbeat, eventSilence);
    long eventLook = events > now ? events : now + tickNanos;
    return Math.min(Math.min(next(due, silence), eventLook), totalDue);
  }

  /**
   * When to look at the stream again for this limit. Before its looks begin the stream is seen now
   * and then, to learn whether ticks are late.
   */
  private long next(long dueAt, Limit limit) {
    long soonest = dueAt - looksNanos(limit) - mostAheadNanos(limit);
    return soonest > now ? soonest : Math.min(ahead(dueAt, limit), now + Tick.LONGEST_NANOS);
  }
}
