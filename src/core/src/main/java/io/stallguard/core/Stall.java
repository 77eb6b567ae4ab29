package io.stallguard.core;

import io.stallguard.core.body.Mark;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.Phase;
import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/** The facts of one stall, as they stood when it was decided. Immutable. */
final class Stall {
  /** Stands for a limit where an operator decided. */
  static final Limit BY_OPERATOR = new Limit(LimitKind.OPERATOR, Limit.OFF_NANOS, "JMX");

  private final long id;
  private final Exchange exchange;
  private final Limit limit;
  private final long begunNanos;
  private final long sinceNanos;
  private final Silence measured;
  private final long ageNanos;
  private final long openedMillis;
  private final long bytes;
  private final long chunks;
  private final long firstByteAgeNanos;
  private final long lastByteAgeNanos;
  private final long longestGapNanos;
  private final long progressEvents;
  private final long heartbeats;
  private final String lastEventName;
  private final boolean lastEventIsHeartbeat;
  private final long lastEventAgeNanos;
  private final String lastProgressName;
  private final long lastProgressAgeNanos;
  private final boolean endsNormally;
  private final boolean done;
  private final @Nullable String error;
  private final boolean delivered;
  private final boolean whole;
  private final String format;
  private final @Nullable Thread waiter;
  private final boolean waiterUnseen;
  private final int putOff;
  private final boolean unfetched;

  /**
   * Takes the facts from a stream.
   *
   * @param limit the limit that was exceeded
   * @param sinceNanos running time at which what it bounds began
   * @param nowNanos running time of the decision
   */
  Stall(Guard guard, Limit limit, long sinceNanos, long nowNanos) {
    this(guard, limit, sinceNanos, sinceNanos, nowNanos);
  }

  /**
   * Takes the facts from a stream whose silence had begun before it counted.
   *
   * @param sinceNanos running time from which on the app no longer held the client up
   */
  Stall(Guard guard, Limit limit, long begunNanos, long sinceNanos, long nowNanos) {
    this(guard, limit, begunNanos, sinceNanos, nowNanos, 0, false);
  }

  private Stall(
      Guard guard,
      Limit limit,
      long begunNanos,
      long sinceNanos,
      long nowNanos,
      int putOff,
      boolean unfetched) {
    Progress progress = guard.progress();
    this.id = guard.entry().id();
    this.exchange = withPeer(guard);
    this.limit = limit;
    this.begunNanos = begunNanos;
    this.sinceNanos = sinceNanos;
    this.measured =
        Silence.of(guard, begunNanos, freeNanos(guard, begunNanos, sinceNanos), nowNanos);
    this.ageNanos = wallAge(guard, progress.openedNanos(), nowNanos);
    this.openedMillis = progress.openedMillis();
    this.bytes = progress.bytes();
    this.chunks = progress.chunks();
    this.firstByteAgeNanos = wallAge(guard, progress.firstByteNanos(), nowNanos);
    this.lastByteAgeNanos = wallAge(guard, progress.lastByteNanos(), nowNanos);
    this.longestGapNanos = progress.longestGapNanos();
    Events events = guard.events();
    this.progressEvents = events.progress();
    this.heartbeats = events.heartbeats();
    this.lastEventName = events.lastName();
    this.lastEventIsHeartbeat = events.lastIsHeartbeat();
    this.lastEventAgeNanos = wallAge(guard, events.lastNanos(), nowNanos);
    this.lastProgressName = events.lastProgressName();
    this.lastProgressAgeNanos = wallAge(guard, events.lastProgressNanos(), nowNanos);
    this.done = limit.isGrace() || events.answer().mark() != Mark.NONE;
    this.error = events.answer().error();
    this.endsNormally = limit.isGrace() && guard.limits().endsAfterDone() && error == null;
    this.delivered = isDelivered(guard);
    this.whole = done && isWhole(guard) && (endsNormally || !progress.isCollected());
    this.format = guard.format().name();
    this.waiter = guard.waiter();
    this.waiterUnseen = waiter == null && guard.abort().isLeftUnseen();
    this.putOff = putOff;
    this.unfetched = unfetched;
  }

  /**
   * Whether content may have reached the app. Bytes that are part of an event may be content, for
   * an app that reads bytes.
   */
  private static boolean isDelivered(Guard guard) {
    return guard.progress().bytes() > 0
        && !guard.progress().isCollected()
        && (guard.events().answer().hasContent() || guard.events().hasBegun());
  }

  /** Whether the answer is whole. What has begun behind an end may be its next piece. */
  private static boolean isWhole(Guard guard) {
    return guard.events().answer().error() == null && !guard.events().hasBegun();
  }

  private static Exchange withPeer(Guard guard) {
    Exchange exchange = guard.exchange();
    try {
      return exchange.with(guard.abort().peer());
    } catch (RuntimeException | LinkageError e) {
      // A verdict does not fail for the sake of its report.
      return exchange;
    }
  }

  private static long wallAge(Guard guard, long stampNanos, long nowNanos) {
    return Silence.of(guard, stampNanos, nowNanos).wallNanos();
  }

  /**
   * The facts of this silence as it stands now, after the verdict on it was put off some times.
   *
   * @param left whether the client has not fetched what came
   */
  Stall putOff(Guard guard, int times, boolean left) {
    return new Stall(guard, limit, begunNanos, sinceNanos, guard.now(), times, left);
  }

  /**
   * Running time from which on the silence counts. A busy consumer may have held the client up for
   * a part of it, wherever that lies.
   */
  private static long freeNanos(Guard guard, long begunNanos, long sinceNanos) {
    Lane lane = guard.lane;
    return lane == null
        ? sinceNanos
        : Math.max(sinceNanos, begunNanos + lane.heldNanos(begunNanos));
  }

  /** Whether it is a silence of events, and lasts. Who decides only. */
  boolean isStillOfEvents(Guard guard) {
    long since = Math.max(sinceNanos, guard.events().latestSinceNanos());
    long least = limit.nanos() + guard.entry().allowanceNanos(guard);
    return isOfEvents() && guard.now() - since >= least;
  }

  /** Whether it is a silence of bytes, and lasts, whatever the reads in which it is waited for. */
  boolean isStillOfBytes(Guard guard, long word) {
    return isSilence()
        && !isOfEvents()
        && guard.progress().chunks() == chunks
        && guard.silentNanos(word, guard.now()) - lateNanos(guard, word) >= limit.nanos();
  }

  /** How much later the silence may have begun: as late as the tick of its stamp was. */
  private static long lateNanos(Guard guard, long word) {
    long begin = GuardWord.sinceOf(word);
    return guard.clock().latestNanos(begin) - begin;
  }

  /** How often the verdict was put off because the client or the app had no time for it. */
  int putOff() {
    return putOff;
  }

  /** Whether it is no silence of the server: the client has ceased to fetch what comes. */
  boolean isUnfetched() {
    return unfetched;
  }

  /**
   * The message in one line: what was exceeded and by how much, on which exchange, and what came.
   */
  String message() {
    return (isByOperator()
            ? "aborted by an operator: "
            : limit.name() + " limit of " + Durations.text(limit.nanos()) + " exceeded: ")
        + measured()
        + "; "
        + exchange
        + ", "
        + exchange.outcome()
        + "; "
        + StallReceipt.of(this)
        + "; "
        + delivered();
  }

  /** What was measured against the limit. */
  String measured() {
    String length = measured.toString();
    if (limit.kind() == LimitKind.TOTAL) {
      return "stream open for " + length;
    }
    if (isOfHead()) {
      return "no response head for " + length;
    }
    if (limit.isGrace()) {
      return "connection open, and nothing more, for " + length + " after " + lastSaid();
    }
    return (isOfEvents() ? "no event but heartbeats for " : "no byte for ")
        + length
        + (error == null ? "" : " after " + lastSaid());
  }

  private String lastSaid() {
    return error == null ? "the terminal event" : "the provider's error " + error;
  }

  /** Whether it is a silence that was too long, and not the stream as a whole. */
  boolean isSilence() {
    return !isByOperator() && limit.kind() != LimitKind.TOTAL;
  }

  /** Whether the silence is one of bytes, in a stream that had not said all. */
  boolean isSilenceOfBytes() {
    return isSilence() && !isOfEvents();
  }

  /** Whether it is the response head that did not come. */
  boolean isOfHead() {
    return limit.kind() == LimitKind.HEAD;
  }

  /** What the stream waited for. */
  Phase phase() {
    if (isOfHead()) {
      return Phase.HEAD;
    }
    if (done) {
      return Phase.AFTER_DONE;
    }
    return bytes == 0 ? Phase.FIRST_BYTE : Phase.BODY;
  }

  /** Whether an operator decided, and no limit was exceeded. */
  boolean isByOperator() {
    return limit.kind() == LimitKind.OPERATOR;
  }

  /** Whether the last event that was no heartbeat is another one than the last event. */
  boolean hasOtherProgress() {
    return lastEventIsHeartbeat && progressEvents > 0;
  }

  /** The name of the last event that was no heartbeat. */
  String lastProgressEvent() {
    return lastProgressName;
  }

  /** Nanoseconds from the last event that was no heartbeat to the decision. */
  long lastProgressAgeNanos() {
    return lastProgressAgeNanos;
  }

  /** Whether any event was told in the body. */
  boolean hasEvents() {
    return progressEvents + heartbeats > 0;
  }

  /** The last event's name, marked if it is a heartbeat. */
  String lastEvent() {
    return lastEventName + (lastEventIsHeartbeat ? " (heartbeat)" : "");
  }

  /** Nanoseconds from the last event to the decision. */
  long lastEventAgeNanos() {
    return lastEventAgeNanos;
  }

  /** The longest silence under demand before this one, in nanoseconds. */
  long longestGapNanos() {
    return longestGapNanos;
  }

  /** How the body was watched. */
  String format() {
    return format;
  }

  /** Whether this is the end of a stream that has said all. */
  boolean endsNormally() {
    return endsNormally;
  }

  /** Whether the silence is one of events, which bytes may break. */
  boolean isOfEvents() {
    return limit.isOfEvents();
  }

  /**
   * What the app may conclude for a retry: whether content was delivered, which heartbeats and
   * lifecycle events are not.
   */
  String delivered() {
    if (whole) {
      return "whole content delivered";
    }
    return delivered ? "partial content delivered" : "nothing delivered: safe to retry";
  }

  /** The stream's number. */
  long id() {
    return id;
  }

  /** The length of what was measured against the limit. */
  Silence silence() {
    return measured;
  }

  long progressEvents() {
    return progressEvents;
  }

  long heartbeats() {
    return heartbeats;
  }

  Exchange exchange() {
    return exchange;
  }

  Limit limit() {
    return limit;
  }

  /** Nanoseconds from the response head to the decision, by the clock on the wall. */
  long ageNanos() {
    return ageNanos;
  }

  /** Wall-clock time of the response head, in milliseconds since the epoch. */
  long openedMillis() {
    return openedMillis;
  }

  long bytes() {
    return bytes;
  }

  long chunks() {
    return chunks;
  }

  /** Nanoseconds from the first byte to the decision. */
  long firstByteAgeNanos() {
    return firstByteAgeNanos;
  }

  /** Nanoseconds from the last byte to the decision. */
  long lastByteAgeNanos() {
    return lastByteAgeNanos;
  }

  /** The name of the thread that waited, empty for an asynchronous consumer. */
  String waiterName() {
    return waiter == null ? "" : Texts.clean(waiter.getName(), 100);
  }

  /** The thread that waited, null for an asynchronous consumer. */
  @Nullable Thread waiter() {
    return waiter;
  }

  /**
   * Whether nobody was seen to wait, though somebody may have: who had asked for the body may have
   * left without a word to its client.
   */
  boolean isWaiterUnseen() {
    return waiterUnseen;
  }
}
