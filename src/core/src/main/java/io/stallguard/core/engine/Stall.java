package io.stallguard.core.engine;

import io.stallguard.core.body.Mark;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.Phase;
import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a stream at a limit: first of what may be a stall, in the end of the stall as it was
 * decided. Immutable.
 */
public final class Stall {
  /** Stands for a limit where an operator decided. */
  static final Limit BY_OPERATOR = new Limit(LimitKind.OPERATOR, Limit.OFF_NANOS, "JMX");

  private final StreamFacts stream;
  private final Limit limit;
  private final long begunAt;
  private final long since;
  private final Silence measured;
  private final boolean endsNormally;
  private final boolean done;
  private final boolean delivered;
  private final boolean whole;
  private final @Nullable Thread waiter;
  private final boolean waiterUnseen;
  private final int putOff;
  private final boolean unfetched;

  /**
   * Takes the facts from a stream.
   *
   * @param limit the limit that was exceeded
   * @param since running time at which what it bounds began
   * @param now running time of the decision
   */
  Stall(Guard guard, Limit limit, long since, long now) {
    this(guard, limit, since, since, now);
  }

  /**
   * Takes the facts from a stream whose silence had begun before it counted.
   *
   * @param since running time from which on the app no longer held the client up
   */
  Stall(Guard guard, Limit limit, long begunAt, long since, long now) {
    this(guard, limit, begunAt, since, now, 0, false);
  }

  private Stall(
      Guard guard, Limit limit, long begunAt, long since, long now, int putOff, boolean unfetched) {
    this.stream = StreamFacts.withPeer(guard, now);
    this.limit = limit;
    this.begunAt = begunAt;
    this.since = since;
    this.measured = Silence.of(guard, begunAt, freeAt(guard, begunAt, since), now);
    this.done = limit.isGrace() || guard.events().answer().mark() != Mark.NONE;
    this.endsNormally = limit.isGrace() && guard.limits().endsAfterDone() && stream.error() == null;
    this.delivered = isDelivered(guard);
    this.whole = done && isWhole(guard) && (endsNormally || !guard.progress().isCollected());
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

  /**
   * The facts of this silence as it stands now, after the verdict on it was put off some times.
   *
   * @param left whether the client has not fetched what came
   */
  Stall asOfNow(Guard guard, int times, boolean left) {
    return new Stall(guard, limit, begunAt, since, guard.now(), times, left);
  }

  /**
   * Running time from which on the silence counts. A busy consumer may have held the client up for
   * a part of it, wherever that lies.
   */
  private static long freeAt(Guard guard, long begunAt, long since) {
    Lane lane = guard.lane;
    return lane == null ? since : Math.max(since, begunAt + lane.heldNanos(begunAt));
  }

  /** Whether it is a silence of events, and lasts. Who decides only. */
  boolean isStillOfEvents(Guard guard) {
    long begin = Math.max(since, guard.events().latestSince());
    long least = limit.nanos() + guard.entry().allowanceNanos(guard);
    return isOfEvents() && guard.now() - begin >= least;
  }

  /** Whether it is a silence of bytes, and lasts, whatever the reads in which it is waited for. */
  boolean isStillOfBytes(Guard guard, long word) {
    return isSilence()
        && !isOfEvents()
        && guard.progress().chunks() == stream.reads()
        && guard.silentNanos(word, guard.now()) - lateNanos(guard, word) >= limit.nanos();
  }

  /** How much later the silence may have begun: as late as the tick of its stamp was. */
  private static long lateNanos(Guard guard, long word) {
    long begin = GuardWord.sinceOf(word);
    return guard.clock().latestAt(begin) - begin;
  }

  /** How often the verdict was put off because the client or the app had no time for it. */
  public int putOff() {
    return putOff;
  }

  /** Whether it is no silence of the server: the client has ceased to fetch what comes. */
  public boolean isUnfetched() {
    return unfetched;
  }

  /**
   * The message in one line: what was exceeded and by how much, on which exchange, and what came.
   */
  public String message() {
    return (isByOperator()
            ? "aborted by an operator: "
            : limit.name() + " limit of " + Durations.text(limit.nanos()) + " exceeded: ")
        + measured()
        + "; "
        + stream.exchange()
        + ", "
        + stream.exchange().outcome()
        + "; "
        + StallReceipt.of(stream)
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
        + (stream.error() == null ? "" : " after " + lastSaid());
  }

  private String lastSaid() {
    return stream.error() == null ? "the terminal event" : "the provider's error " + stream.error();
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
  public boolean isOfHead() {
    return limit.kind() == LimitKind.HEAD;
  }

  /** What the stream waited for. */
  public Phase phase() {
    if (isOfHead()) {
      return Phase.HEAD;
    }
    if (done) {
      return Phase.AFTER_DONE;
    }
    return stream.bytes() == 0 ? Phase.FIRST_BYTE : Phase.BODY;
  }

  /** Whether an operator decided, and no limit was exceeded. */
  public boolean isByOperator() {
    return limit.kind() == LimitKind.OPERATOR;
  }

  /** Whether this is the end of a stream that has said all. */
  public boolean endsNormally() {
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
  public String delivered() {
    if (whole) {
      return "whole content delivered";
    }
    return delivered ? "partial content delivered" : "nothing delivered: safe to retry";
  }

  /** What the stream had been up to the decision. */
  public StreamFacts stream() {
    return stream;
  }

  /** The length of what was measured against the limit. */
  public Silence silence() {
    return measured;
  }

  public Limit limit() {
    return limit;
  }

  /** The name of the thread that waited, empty for an asynchronous consumer. */
  public String waiterName() {
    return waiter == null ? "" : Texts.nameOf(waiter);
  }

  /** The thread that waited, null for an asynchronous consumer. */
  public @Nullable Thread waiter() {
    return waiter;
  }

  /**
   * Whether nobody was seen to wait, though somebody may have: who had asked for the body may have
   * left without a word to its client.
   */
  public boolean isWaiterUnseen() {
    return waiterUnseen;
  }
}
