package io.stallguard.core.words;

import org.jspecify.annotations.Nullable;

/** One limit: its name, its length in nanoseconds, and where the length came from. */
public final class Limit {
  /** No limit. A quarter of the range: sums with it stay in the range of a stamp. */
  public static final long OFF_NANOS = Long.MAX_VALUE >> 4;

  /** The names of those that are told from others by it. */
  public static final String EVENT_IDLE = "event-idle";

  public static final String DONE_GRACE = "done-grace";

  private final String name;
  private final long nanos;
  private final String source;

  /** What it stands in for while the breaker is open; null if for none. */
  private final @Nullable Limit own;

  public Limit(String name, long nanos, String source) {
    this(name, nanos, source, null);
  }

  private Limit(String name, long nanos, String source, @Nullable Limit own) {
    this.name = name;
    this.nanos = Math.min(nanos, OFF_NANOS);
    this.source = source;
    this.own = own;
  }

  public String name() {
    return name;
  }

  public long nanos() {
    return nanos;
  }

  /** For people: {@code system property stallguard.idle}, {@code default}. */
  public String source() {
    return own == null
        ? source
        : source + "; " + Durations.text(own.nanos) + " lifted: breaker open";
  }

  /** Whether it bounds a silence of events, in which bytes may come. */
  public boolean isOfEvents() {
    return name.equals(EVENT_IDLE) || isGrace();
  }

  /** Whether it bounds what is waited for once a stream has said all. */
  public boolean isGrace() {
    return name.equals(DONE_GRACE);
  }

  public boolean isOff() {
    return nanos == OFF_NANOS;
  }

  /** The same length under another name, for a limit that follows another one. */
  public Limit as(String otherName) {
    return new Limit(otherName, nanos, source);
  }

  /** A longer one in its place while the breaker is open. */
  public Limit lifted(long liftedNanos) {
    return new Limit(name, liftedNanos, source, this);
  }

  /** Whether it stands in for a shorter one. */
  public boolean isLifted() {
    return own != null;
  }

  /** None of this name, from the same source. */
  public Limit off() {
    return new Limit(name, OFF_NANOS, source);
  }

  @Override
  public String toString() {
    return name + "=" + (isOff() ? "off" : Durations.text(nanos)) + " (" + source() + ")";
  }
}
