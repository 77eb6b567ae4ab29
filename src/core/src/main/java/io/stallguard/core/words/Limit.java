package io.stallguard.core.words;

import org.jspecify.annotations.Nullable;

/** A limit: its kind, its length in nanoseconds, and where the length came from. */
public final class Limit {
  /**
   * No limit, as a length: 18 years, a sixteenth of the range of {@code long}. A stamp in a guard's
   * word has three bits less than a {@code long}: its sum with this stays in its range.
   */
  public static final long OFF_NANOS = Long.MAX_VALUE >> 4;

  private final LimitKind kind;
  private final long nanos;
  private final String source;

  /**
   * The shorter limit that this one stands in for while the breaker is open; null if there is none.
   */
  private final @Nullable Limit own;

  public Limit(LimitKind kind, long nanos, String source) {
    this(kind, nanos, source, null);
  }

  private Limit(LimitKind kind, long nanos, String source, @Nullable Limit own) {
    this.kind = kind;
    this.nanos = Math.min(nanos, OFF_NANOS);
    this.source = source;
    this.own = own;
  }

  public LimitKind kind() {
    return kind;
  }

  /** The name of its kind, in settings and reports. */
  public String name() {
    return kind.text();
  }

  public long nanos() {
    return nanos;
  }

  /** Who set the length, for people: {@code system property stallguard.idle}, {@code default}. */
  public String source() {
    return own == null
        ? source
        : source + "; " + Durations.text(own.nanos) + " lifted: breaker open";
  }

  /** Whether the limit bounds a silence of events, in which bytes may come. */
  public boolean isOfEvents() {
    return kind == LimitKind.EVENT_IDLE || isGrace();
  }

  /** Whether the limit is the grace, which bounds what is waited for once a stream has said all. */
  public boolean isGrace() {
    return kind == LimitKind.DONE_GRACE;
  }

  public boolean isOff() {
    return nanos == OFF_NANOS;
  }

  /** A limit of this length and of another kind, which follows this one. */
  public Limit as(LimitKind other) {
    return new Limit(other, nanos, source);
  }

  /** A longer limit in place of this one, while the breaker is open. */
  public Limit lifted(long liftedNanos) {
    return new Limit(kind, liftedNanos, source, this);
  }

  /** Whether this limit stands in for a shorter one. */
  public boolean isLifted() {
    return own != null;
  }

  /** A limit of this kind that is off, from the source of this one. */
  public Limit off() {
    return new Limit(kind, OFF_NANOS, source);
  }

  @Override
  public String toString() {
    return name() + "=" + (isOff() ? "off" : Durations.text(nanos)) + " (" + source() + ")";
  }
}
