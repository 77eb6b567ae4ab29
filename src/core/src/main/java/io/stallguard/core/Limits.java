package io.stallguard.core;

import java.util.concurrent.TimeUnit;

/** The limits in force for one stream, and what is to happen at its end. Immutable. */
final class Limits {
  /** Heartbeats that come regularly have missed three turns before a stream counts as silent. */
  private static final int MISSED_HEARTBEATS = 3;

  /** Fixed windows below this were tried by many, and killed models that think. */
  private static final long SHORTEST_LEARNED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long LONGEST_LEARNED_NANOS = TimeUnit.SECONDS.toNanos(300);

  /** What most tools that time the bytes of such streams have come to: shorter kills thinkers. */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(300);

  /** Models that think send heartbeats for minutes before they say something. */
  static final long EVENT_IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A server that means to close does it at once; a slow network takes a second or two. */
  private static final long DONE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Limit OFF = new Limit("off", Limit.OFF_NANOS, "default");

  private final Mode mode;
  private final Limit firstByte;
  private final Limit idle;
  private final boolean adaptive;
  private final Limit eventIdle;
  private final Limit total;
  private final Limit doneGrace;
  private final AfterDone afterDone;
  private final Truncated truncated;
  private final EventNames names;
  private final long shortestSilenceNanos;
  private final long shortestNanos;
  private final long tickNanos;
  private final long allowanceNanos;

  /** What the operator set for such an exchange; a subscription may be silent unless he did. */
  Limits(Choices choices, EventNames names, boolean subscription) {
    this.mode = choices.value(Setting.MODE, Mode.ENFORCE);
    this.idle = choices.limit(Setting.IDLE, subscription ? Limit.OFF_NANOS : IDLE_NANOS);
    Limit first = choices.limit(Setting.FIRST_BYTE);
    this.firstByte = first != null ? first : idle.as(Setting.FIRST_BYTE.key());
    this.adaptive = !choices.has(Setting.IDLE);
    this.eventIdle =
        choices.limit(Setting.EVENT_IDLE, subscription ? Limit.OFF_NANOS : EVENT_IDLE_NANOS);
    this.total = choices.limit(Setting.TOTAL, Limit.OFF_NANOS);
    this.doneGrace =
        choices.limit(Setting.DONE_GRACE, subscription ? Limit.OFF_NANOS : DONE_GRACE_NANOS);
    this.afterDone = choices.value(Setting.AFTER_DONE, AfterDone.EOF);
    this.truncated = choices.value(Setting.TRUNCATED, Truncated.REPORT);
    this.names = names;
    this.shortestSilenceNanos = shortestSilence();
    this.shortestNanos = Math.min(stallNanos(), total.nanos());
    this.tickNanos = Tick.forLimit(shortestNanos);
    this.allowanceNanos = Tick.allowanceNanos(tickNanos);
  }

  /** Limits on bytes alone, enforced. */
  Limits(Limit firstByte, Limit idle, Limit total) {
    this(Mode.ENFORCE, firstByte, idle, total);
  }

  /** Limits on bytes alone. */
  Limits(Mode mode, Limit firstByte, Limit idle, Limit total) {
    this(mode, firstByte, idle, total, EventNames.STANDARD);
  }

  private Limits(Mode mode, Limit firstByte, Limit idle, Limit total, EventNames names) {
    this.mode = mode;
    this.firstByte = firstByte;
    this.idle = idle;
    this.adaptive = false;
    this.eventIdle = OFF;
    this.total = total;
    this.doneGrace = OFF;
    this.afterDone = AfterDone.IGNORE;
    this.truncated = Truncated.REPORT;
    this.names = names;
    this.shortestSilenceNanos = shortestSilence();
    this.shortestNanos = Math.min(stallNanos(), total.nanos());
    this.tickNanos = Tick.forLimit(shortestNanos);
    this.allowanceNanos = Tick.allowanceNanos(tickNanos);
  }

  /** None: for streams that may come to have some, or had. */
  static Limits none(EventNames names) {
    return new Limits(Mode.OFF, OFF, OFF, OFF, names);
  }

  /** The limit of a raw socket: it has no begin of a body, and may be open for ever. */
  static Limits ofSocket(Mode mode, Limit idle) {
    return new Limits(mode, idle, idle, OFF);
  }

  private long stallNanos() {
    return Math.min(Math.min(firstByte.nanos(), idle.nanos()), eventIdle.nanos());
  }

  private long shortestSilence() {
    return afterDone == AfterDone.IGNORE ? stallNanos() : Math.min(stallNanos(), doneGrace.nanos());
  }

  /** The limit on byte silence in force for a stream of which this much has come. */
  Limit silence(Progress progress, Events events) {
    if (isGraceInForce(events)) {
      return OFF;
    }
    return progress.bytes() == 0 ? firstByte : idle(events);
  }

  /** After the terminal event there is nothing to wait for: one limit takes the place of all. */
  private boolean isGraceInForce(Events events) {
    return events.isDone() && afterDone != AfterDone.IGNORE && !doneGrace.isOff();
  }

  /** The idle limit in force: the operator's, or the one that the stream's heartbeats teach. */
  private Limit idle(Events events) {
    long gap = events.heartbeatGapNanos();
    if (!adaptive || gap == 0) {
      return idle;
    }
    // A gap of hours would overflow when multiplied.
    long learned = Math.min(gap, LONGEST_LEARNED_NANOS) * MISSED_HEARTBEATS;
    return new Limit(
        idle.name(),
        Math.max(SHORTEST_LEARNED_NANOS, Math.min(LONGEST_LEARNED_NANOS, learned)),
        "learned from heartbeats up to " + Durations.text(gap) + " apart");
  }

  /** The limit on event silence in force. */
  Limit eventSilence(Events events) {
    return isGraceInForce(events) ? doneGrace : eventIdle;
  }

  /** Whether a stall by this limit is no failure: the stream has said all. */
  boolean endsNormally(Limit limit) {
    return limit == doneGrace && afterDone == AfterDone.EOF;
  }

  /** What happens to a stream that exceeds one. */
  Mode mode() {
    return mode;
  }

  Limit firstByte() {
    return firstByte;
  }

  Limit idle() {
    return idle;
  }

  Limit total() {
    return total;
  }

  Limit doneGrace() {
    return doneGrace;
  }

  /** Whether a stream that ends without its terminal event is to fail. */
  boolean failsIfTruncated() {
    return truncated == Truncated.THROW;
  }

  EventNames names() {
    return names;
  }

  /** The shortest of the limits on silence in nanoseconds. */
  long shortestSilenceNanos() {
    return shortestSilenceNanos;
  }

  /**
   * The watchdog's tick that these limits need, in nanoseconds. The grace after a terminal event is
   * none that has to be kept to the tick, and would make all streams wake the watchdog more often.
   */
  long tickNanos() {
    return tickNanos;
  }

  /** What a decision waits beyond a limit, in nanoseconds, so that it is never early. */
  long allowanceNanos() {
    return allowanceNanos;
  }

  /** When a stream wants to be looked at first after its begin, in nanoseconds. */
  long firstLookNanos() {
    return Math.min(shortestNanos, shortestSilenceNanos);
  }
}
