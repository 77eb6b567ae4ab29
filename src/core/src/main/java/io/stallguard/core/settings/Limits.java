package io.stallguard.core.settings;

import io.stallguard.core.body.EventNames;
import io.stallguard.core.body.Heartbeats;
import io.stallguard.core.body.Mark;
import io.stallguard.core.words.AfterDone;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.Mode;
import io.stallguard.core.words.Tick;
import io.stallguard.core.words.Truncated;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limits that an operator set for one stream, those that hold where none was set, and what is
 * to happen at the stream's end. Immutable; which of them are in force is for {@code InForce}.
 */
public final class Limits {
  /**
   * The default of {@code idle}: what most tools that time the bytes of such streams have come to,
   * as shorter kills thinkers.
   */
  public static final long IDLE_NANOS = nanos(Setting.IDLE.standard());

  /**
   * The least limit before a reply's first content: whoever copies a short one from somewhere does
   * not mean a model that reads its prompt.
   */
  private static final long BEFORE_CONTENT_NANOS = TimeUnit.SECONDS.toNanos(60);

  // Models that think send heartbeats for minutes between two pieces of an answer; a queue, a long
  // prompt, a tool that runs: all of them come before the first content. A server that means to
  // close does it at once, a slow network takes a second or two; what may follow an answer that is
  // whole, a count of tokens say, is worked out for a while.

  public static final Limit OFF = new Limit(LimitKind.NONE, Limit.OFF_NANOS, "default");

  private static final Limit REPLY_IDLE = standard(Setting.IDLE);
  private static final Limit NO_IDLE = standard(Setting.IDLE, Limit.OFF_NANOS);
  private static final Limit REPLY_EVENT_IDLE = standard(Setting.EVENT_IDLE);
  private static final Limit REPLY_EVENT_IDLE_BEFORE_CONTENT = longer(Setting.EVENT_IDLE);
  private static final Limit NO_EVENT_IDLE = standard(Setting.EVENT_IDLE, Limit.OFF_NANOS);
  private static final Limit SHORT_GRACE = standard(Setting.DONE_GRACE);
  private static final Limit LONG_GRACE = longer(Setting.DONE_GRACE);

  private final Mode mode;
  private final @Nullable Limit idle;
  private final Limit replyIdle;
  private final Limit replyIdleBeforeContent;
  private final Limit replyFirstByte;
  private final Limit subscriptionFirstByte;
  private final Limit subscriptionIdleBeforeContent;
  private final @Nullable Limit eventIdle;
  private final Limit total;
  private final @Nullable Limit doneGrace;
  private final AfterDone afterDone;
  private final Truncated truncated;
  private final EventNames names;
  private final long shortestSilenceNanos;
  private final long shortestNanos;
  private final long tickNanos;
  private final long allowanceNanos;

  /** Takes what the operator set for an exchange. */
  Limits(Choices choices, EventNames names) {
    this(
        choices.value(Setting.MODE, Mode.ENFORCE),
        choices.limit(Setting.FIRST_BYTE),
        choices.limit(Setting.IDLE),
        choices.limit(Setting.EVENT_IDLE),
        choices.limit(Setting.TOTAL, Limit.OFF_NANOS),
        choices.limit(Setting.DONE_GRACE),
        choices.value(Setting.AFTER_DONE, AfterDone.EOF),
        choices.value(Setting.TRUNCATED, Truncated.REPORT),
        names);
  }

  /** Limits on bytes alone, enforced. */
  public Limits(Limit firstByte, Limit idle, Limit total) {
    this(Mode.ENFORCE, firstByte, idle, total);
  }

  /** Limits on bytes alone. */
  Limits(Mode mode, Limit firstByte, Limit idle, Limit total) {
    this(mode, firstByte, idle, total, EventNames.STANDARD);
  }

  private Limits(Mode mode, Limit firstByte, Limit idle, Limit total, EventNames names) {
    this(mode, firstByte, idle, OFF, total, OFF, AfterDone.IGNORE, Truncated.REPORT, names);
  }

  private Limits(
      Mode mode,
      @Nullable Limit firstByte,
      @Nullable Limit idle,
      @Nullable Limit eventIdle,
      Limit total,
      @Nullable Limit doneGrace,
      AfterDone afterDone,
      Truncated truncated,
      EventNames names) {
    this.mode = mode;
    this.idle = idle;
    this.replyIdle = idle == null ? REPLY_IDLE : idle;
    this.replyIdleBeforeContent = firstByte == null ? beforeContent(replyIdle) : replyIdle;
    this.replyFirstByte = firstByte(firstByte, replyIdleBeforeContent);
    // What answers a GET may be a reply: before its first content nothing tells.
    Limit subscriptionIdle = idle == null ? NO_IDLE : idle;
    this.subscriptionIdleBeforeContent =
        firstByte == null ? beforeContent(subscriptionIdle) : subscriptionIdle;
    this.subscriptionFirstByte = firstByte(firstByte, subscriptionIdleBeforeContent);
    this.eventIdle = eventIdle;
    this.total = total;
    this.doneGrace = doneGrace;
    this.afterDone = afterDone;
    this.truncated = truncated;
    this.names = names;
    long stall = shortestStallNanos(nanos(firstByte, OFF));
    this.shortestSilenceNanos =
        afterDone == AfterDone.IGNORE ? stall : Math.min(stall, nanos(doneGrace, SHORT_GRACE));
    this.shortestNanos = Math.min(stall, total.nanos());
    this.tickNanos = Tick.forLimit(shortestNanos);
    this.allowanceNanos = Tick.allowanceNanos(tickNanos);
  }

  /**
   * No limits, for a stream that is watched and not judged: it may come to have some, or had some.
   */
  static Limits none(EventNames names) {
    return new Limits(Mode.OFF, OFF, OFF, OFF, names);
  }

  /** The limit of a raw socket: it has no begin of a body, and may be open for ever. */
  static Limits ofSocket(Mode mode, Limit idle) {
    return new Limits(mode, idle, idle, OFF);
  }

  private static Limit standard(Setting setting) {
    return standard(setting, nanos(setting.standard()));
  }

  /** The default where more patience is due. */
  private static Limit longer(Setting setting) {
    return standard(setting, nanos(setting.longerNanos()));
  }

  private static Limit standard(Setting setting, long nanos) {
    return new Limit(setting.limit(), nanos, "default");
  }

  /** The length of a default that the setting is known to have. */
  private static long nanos(@Nullable Object standard) {
    return (Long) Objects.requireNonNull(standard, "a default");
  }

  private static long nanos(@Nullable Limit limit, Limit otherwise) {
    return (limit == null ? otherwise : limit).nanos();
  }

  /**
   * The shortest of the limits on silence that may come into force: a subscription that shows an
   * answer is a reply.
   */
  private long shortestStallNanos(long firstByteNanos) {
    long bytes = Math.min(firstByteNanos, replyIdle.nanos());
    return Math.min(bytes, nanos(eventIdle, REPLY_EVENT_IDLE));
  }

  private static Limit beforeContent(Limit idle) {
    return idle.nanos() >= BEFORE_CONTENT_NANOS
        ? idle
        : new Limit(
            idle.kind(),
            BEFORE_CONTENT_NANOS,
            "default until the first content, as first-byte is not set; then " + idle);
  }

  private static Limit firstByte(@Nullable Limit set, Limit idle) {
    return set != null ? set : idle.as(LimitKind.FIRST_BYTE);
  }

  /** The limit on byte silence of a reply. */
  public Limit ofReply(boolean anyByte, boolean content) {
    if (!anyByte) {
      return replyFirstByte;
    }
    return content ? replyIdle : replyIdleBeforeContent;
  }

  /** The limit on byte silence of a subscription: where none is set, its heartbeats teach one. */
  public Limit ofSubscription(boolean anyByte, boolean content, Heartbeats heartbeats) {
    if (!anyByte) {
      return subscriptionFirstByte;
    }
    if (idle == null) {
      return learned(heartbeats);
    }
    return content ? idle : subscriptionIdleBeforeContent;
  }

  private static Limit learned(Heartbeats heartbeats) {
    return heartbeats.areKept()
        ? new Limit(
            LimitKind.IDLE,
            Math.max(IDLE_NANOS, heartbeats.missedNanos()),
            "learned from heartbeats up to "
                + Durations.text(heartbeats.longestGapNanos())
                + " apart")
        : NO_IDLE;
  }

  /** The limit on event silence of a reply. */
  public Limit eventsOfReply(boolean content) {
    if (eventIdle != null) {
      return eventIdle;
    }
    return content ? REPLY_EVENT_IDLE : REPLY_EVENT_IDLE_BEFORE_CONTENT;
  }

  /** The limit on event silence of a subscription. */
  public Limit eventsOfSubscription() {
    return eventIdle == null ? NO_EVENT_IDLE : eventIdle;
  }

  /** The grace that the operator set, whatever the mark; null if none is set. */
  public @Nullable Limit graceSet() {
    return doneGrace;
  }

  /** The grace after this mark where none is set. */
  public static Limit graceAfter(Mark mark) {
    switch (mark) {
      case SHORT:
        return SHORT_GRACE;
      case LONG:
        return LONG_GRACE;
      default:
        return OFF;
    }
  }

  /** Whether a stream that has said all is left to the other limits. */
  public boolean ignoresDone() {
    return afterDone == AfterDone.IGNORE;
  }

  /** Whether the end of a grace is the end of the stream, and no failure. */
  public boolean endsAfterDone() {
    return afterDone == AfterDone.EOF;
  }

  /** What happens to a stream that exceeds a limit. */
  public Mode mode() {
    return mode;
  }

  public Limit total() {
    return total;
  }

  /** Whether a stream that exceeds a limit is released. */
  public boolean areEnforced() {
    return mode == Mode.ENFORCE;
  }

  /** Whether a stream that ends without its terminal event is to fail. */
  public boolean failsIfTruncated() {
    return areEnforced() && truncated == Truncated.THROW;
  }

  public EventNames names() {
    return names;
  }

  /** The shortest of the limits on silence in nanoseconds. */
  public long shortestSilenceNanos() {
    return shortestSilenceNanos;
  }

  /** The shortest of all limits but the grace in nanoseconds. */
  public long shortestNanos() {
    return shortestNanos;
  }

  /**
   * The watchdog's tick that these limits need, in nanoseconds. The grace after a terminal event is
   * none that has to be kept to the tick, and would make all streams wake the watchdog more often.
   */
  public long tickNanos() {
    return tickNanos;
  }

  /** What a decision waits beyond a limit, in nanoseconds, so that it is never early. */
  public long allowanceNanos() {
    return allowanceNanos;
  }
}
