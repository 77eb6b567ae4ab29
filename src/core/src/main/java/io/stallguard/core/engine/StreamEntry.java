package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.wire.KernelThread;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.StarvedReaderLook;
import io.stallguard.core.wire.VirtualReaderLook;
import io.stallguard.core.words.Limit;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream's place in the wheel; holds it weakly, so that an abandoned stream can be collected.
 * Watchdog only, unless the member says otherwise.
 */
final class StreamEntry extends WeakReference<Guard> {
  /** The next entry of the same slot. Watchdog only. */
  @Nullable StreamEntry next;

  /** Running time from which on the stream's time counts. Watchdog only. */
  long beginAt;

  /** Running time until which the server was kept from sending anything. Watchdog only. */
  private long heldAt;

  /**
   * Running time at which it was first found, in this silence, that the server was kept from
   * sending. Watchdog only.
   */
  private long heldSince;

  /** The silence, as the guard's word has it, on which a verdict was put off. Watchdog only. */
  private long putOffWord;

  private int putOff;

  /** How often a look before a verdict found what nobody had fetched yet. Watchdog only. */
  int foundWaiting;

  /** What was asked about this stream and is not known to be answered yet. Watchdog only. */
  @Nullable Decision asked;

  /** Whether the short limits of its host are lifted. Any thread; written before it is watched. */
  HostLift host = HostLift.NONE;

  /** The longest silence of events that its breaker has heard of. Watchdog only. */
  long wentOnNanos;

  /** Whether mode observe has reported the total limit of this stream already. Watchdog only. */
  boolean totalReported;

  /**
   * What a decision waits beyond the allowance of the limits, in nanoseconds: stamps from before a
   * change of limits may come from a clock that went in longer steps. Written by the watchdog.
   */
  volatile long extraAllowanceNanos;

  /** Whether it counts as guarded: who waits for it can be seen. Written by its own threads. */
  private final AtomicBoolean counted = new AtomicBoolean();

  /** The thread that has waited for the stream while cores were short; null if there was none. */
  private volatile @Nullable KernelThread shortOfCores;

  private final long id;

  StreamEntry(Guard guard, long id) {
    super(guard);
    this.id = id;
  }

  /**
   * The stream, null if it is over or was abandoned. A stream that was decided elsewhere is given,
   * as it is still to be heard of.
   */
  @Nullable Guard guard() {
    Decision open = asked;
    return open == null ? get() : open.guard();
  }

  /**
   * Running time of a silence that begins now. Where ticks come late threads do so too: then the
   * reader is made known, as it may come late with what it has fetched. Any thread.
   *
   * @param reader the calling thread; another one, or null, is not made known
   */
  long beginAt(RunningClock clock, @Nullable Thread reader) {
    long begin = clock.beginAt();
    if (!RunningClock.isExact(begin) || isKnown(reader) || reader != Thread.currentThread()) {
      return begin;
    }
    try {
      shortOfCores = KernelThread.ofCurrent();
    } catch (Throwable t) {
      // No memory, or hardly any stack left: it goes unknown, and the app on.
    }
    return clock.beginAt();
  }

  private boolean isKnown(@Nullable Thread reader) {
    KernelThread known = shortOfCores;
    return known != null && known.isOf(reader);
  }

  /**
   * The client's look before a verdict. It also asks about a reader that may have something already
   * and no core to run on. Null if the client has no look.
   */
  @Nullable LastLook lastLook(Guard stream) {
    Thread reader = stream.waiter();
    LastLook wire = VirtualReaderLook.of(stream.abort().lastLook(), reader);
    return StarvedReaderLook.of(wire, reader, shortOfCores);
  }

  /** Running time until which nothing counts, whatever the reason. Watchdog only. */
  long heldUntil() {
    return Math.max(beginAt, heldAt);
  }

  /** Whether a consumer keeps its client from delivering, or has until just now. Watchdog only. */
  boolean isConsumerBusy(Guard stream, Limit limit, long now) {
    Lane lane = stream.lane;
    return lane != null
        && (now < settledAt(stream, lane, limit)
            || lane.isConsumerBusy(now, stream.limits().allowanceNanos()));
  }

  private long settledAt(Guard stream, Lane lane, Limit limit) {
    long until = lane.heldUntil();
    return until == 0
        ? 0
        : stream.clock().latestAt(until)
            + lane.settlingNanos(limit.nanos())
            + allowanceNanos(stream);
  }

  /**
   * Notes that the server was kept from sending anything until now. Watchdog only.
   *
   * @return for how long that is known of this silence, 0 at first
   */
  long noRoom(Decision decision, long now) {
    if (putOffWord != decision.word()) {
      putOffWord = decision.word();
      heldSince = now;
    }
    heldAt = now;
    putOff = decision.putOff();
    return now - heldSince;
  }

  /** How often a verdict on this silence was put off. Watchdog only. */
  int putOff(long word) {
    return word == putOffWord ? putOff : 0;
  }

  /**
   * What a decision about the stream waits beyond a limit, in nanoseconds. Who decides, and the
   * watchdog.
   */
  long allowanceNanos(Guard stream) {
    return stream.limits().allowanceNanos() + extraAllowanceNanos;
  }

  /** Running time at which a limit falls due on what began with this stamp. Watchdog only. */
  long silenceDue(Guard stream, long since, Limit limit) {
    return due(stream, stream.clock().latestAt(since), limit);
  }

  private long due(Guard stream, long latestAt, Limit limit) {
    long due = latestAt + limit.nanos() + allowanceNanos(stream);
    Lane lane = stream.lane;
    return lane == null ? due : Math.max(due, settledAt(stream, lane, limit));
  }

  /**
   * Running time at which the present event silence falls due. Watchdog only.
   *
   * @param heldAt running time until which the stream was held up: no silence counts before it
   */
  long eventDue(Guard stream, long heldAt, Limit limit) {
    return eventsFrom(stream, heldAt, stream.events().latestSince(), limit);
  }

  /**
   * Running time at which event silence falls due if what has come of an event proves a heartbeat.
   * Watchdog only.
   */
  long eventDueIfHeartbeat(Guard stream, long heldAt, Limit limit) {
    return eventsFrom(stream, heldAt, stream.events().latestSinceIfHeartbeat(), limit);
  }

  private long eventsFrom(Guard stream, long heldAt, long since, Limit limit) {
    return eventsFrom(stream, Math.max(since, stream.clock().latestAt(heldAt)), limit);
  }

  /**
   * Running time at which event silence would fall due for a stream that is awaited from now on.
   * Watchdog only.
   */
  long eventDueIfAwaited(Guard stream, long now, Limit limit) {
    return eventsFrom(stream, stream.events().sinceIfAwaited(now), limit);
  }

  private long eventsFrom(Guard stream, long latestAt, Limit limit) {
    return stream.reported().lasts(stream.events()) ? Long.MAX_VALUE : due(stream, latestAt, limit);
  }

  /** Running time at which a byte silence that is paused now falls due at the soonest. */
  long pausedDue(Guard stream, long now) {
    long word = stream.word();
    if (GuardWord.stateOf(word) != GuardWord.PAUSED) {
      return GuardWord.isPaused(word) ? now + ReportedSilence.LEFT_NANOS : Long.MAX_VALUE;
    }
    return now - stream.silentNanos(word, now) + InForce.ofBytes(stream).nanos();
  }

  /** Running time at which the limit on the whole stream falls due. Watchdog only. */
  long totalDue(Guard stream) {
    return totalReported ? Long.MAX_VALUE : silenceDue(stream, beginAt, stream.limits().total());
  }

  /** Notes that the stream counts as guarded; true if it did not before. Any thread. */
  boolean count() {
    return counted.compareAndSet(false, true);
  }

  boolean isCounted() {
    return counted.get();
  }

  /**
   * Running time before which nothing can be due while nobody waits. Left out is a byte silence
   * that begins anew: it is not due before a whole limit has passed. Event silence and a byte
   * silence that is paused are not due before what is left of their limits. Watchdog only.
   */
  long soonestDue(Guard stream, long now) {
    long eventDue = eventDueIfAwaited(stream, now, InForce.ofEvents(stream));
    return Math.min(Math.min(eventDue, pausedDue(stream, now)), totalDue(stream));
  }

  /** Watches the stream no more, unless it is over by decision. Watchdog only. */
  void letGo() {
    Guard stream = guard();
    asked = null;
    if (stream != null && !stream.isDecided()) {
      stream.finished();
    }
  }

  /** The number of the stream in this JVM, for people. Any thread. */
  long id() {
    return id;
  }
}
