package io.stallguard.core;

/** The limits in force for one stream. */
final class Limits {
  private final Limit firstByte;
  private final Limit idle;
  private final Limit total;
  private final long shortestSilenceNanos;
  private final long shortestNanos;

  Limits(Limit firstByte, Limit idle, Limit total) {
    this.firstByte = firstByte;
    this.idle = idle;
    this.total = total;
    this.shortestSilenceNanos = Math.min(firstByte.nanos(), idle.nanos());
    this.shortestNanos = Math.min(shortestSilenceNanos, total.nanos());
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

  /** The shorter of the limits on silence in nanoseconds. */
  long shortestSilenceNanos() {
    return shortestSilenceNanos;
  }

  /** The watchdog's tick that these limits need, in nanoseconds. */
  long tickNanos() {
    return Tick.forLimit(shortestNanos);
  }

  /** What a decision waits beyond a limit, in nanoseconds, so that it is never early. */
  long allowanceNanos() {
    return Tick.allowanceNanos(tickNanos());
  }

  /** The shortest of them in nanoseconds, {@link Limit#OFF_NANOS} if all are off. */
  long shortestNanos() {
    return shortestNanos;
  }
}
