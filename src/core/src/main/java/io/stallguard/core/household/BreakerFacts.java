package io.stallguard.core.household;

/** A host's breaker as it stood when it was looked at. Immutable. */
public final class BreakerFacts {
  private final String host;
  private final BreakerState state;
  private final String reason;
  private final long streams;
  private final long stalls;
  private final long lastedNanos;

  BreakerFacts(
      String host, BreakerState state, String reason, long streams, long stalls, long lastedNanos) {
    this.host = host;
    this.state = state;
    this.reason = reason;
    this.streams = streams;
    this.stalls = stalls;
    this.lastedNanos = lastedNanos;
  }

  /** The host, and of a gateway the rule. */
  public String host() {
    return host;
  }

  public BreakerState state() {
    return state;
  }

  /** Why the breaker is open, empty if it is not. */
  public String reason() {
    return reason;
  }

  /** How many streams the window has. */
  public long streams() {
    return streams;
  }

  /** How many of these streams stalled at a limit that would be lifted. */
  public long stalls() {
    return stalls;
  }

  /** For how long the breaker has been open, or an outage; else 0. */
  public long lastedNanos() {
    return lastedNanos;
  }
}
