package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** The facts of one stall, as they stood when it was decided. Immutable. */
final class Stall {
  private final Exchange exchange;
  private final Limit limit;
  private final long measuredNanos;
  private final long ageNanos;
  private final long openedMillis;
  private final long bytes;
  private final long chunks;
  private final long firstByteAgeNanos;
  private final long lastByteAgeNanos;
  private final @Nullable Thread waiter;

  /**
   * Takes the facts from a stream.
   *
   * @param limit the limit that was exceeded
   * @param sinceNanos running time at which what it bounds began
   * @param nowNanos running time of the decision
   */
  Stall(Guard guard, Limit limit, long sinceNanos, long nowNanos) {
    Progress progress = guard.progress();
    this.exchange = guard.exchange();
    this.limit = limit;
    this.measuredNanos = nowNanos - sinceNanos;
    this.ageNanos = nowNanos - progress.openedNanos();
    this.openedMillis = progress.openedMillis();
    this.bytes = progress.bytes();
    this.chunks = progress.chunks();
    this.firstByteAgeNanos = nowNanos - progress.firstByteNanos();
    this.lastByteAgeNanos = nowNanos - progress.lastByteNanos();
    this.waiter = guard.waiter();
  }

  /** One line: what was exceeded and by how much, on which exchange, and what had come. */
  String message() {
    return limit.name()
        + " limit of "
        + Durations.text(limit.nanos())
        + " exceeded: "
        + measured()
        + "; "
        + exchange
        + ", "
        + exchange.outcome()
        + "; "
        + received()
        + "; "
        + delivered();
  }

  /** What was measured against the limit. */
  String measured() {
    String length = Durations.text(measuredNanos);
    return limit.name().equals(Setting.TOTAL.key())
        ? "stream open for " + length
        : "no byte for " + length;
  }

  private String received() {
    return bytes == 0
        ? "no byte of the body received"
        : bytes
            + " bytes received in "
            + chunks
            + (chunks == 1 ? " read" : " reads")
            + ", the last "
            + Durations.text(lastByteAgeNanos)
            + " ago";
  }

  /** What the app may conclude for a retry. */
  String delivered() {
    return bytes == 0 ? "nothing delivered: safe to retry" : "partial content delivered";
  }

  Exchange exchange() {
    return exchange;
  }

  Limit limit() {
    return limit;
  }

  /** From the response head to the decision, in nanoseconds of running time. */
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

  /** From the first byte to the decision. */
  long firstByteAgeNanos() {
    return firstByteAgeNanos;
  }

  /** From the last byte to the decision. */
  long lastByteAgeNanos() {
    return lastByteAgeNanos;
  }

  /** The thread that waited, null for an asynchronous consumer. */
  @Nullable Thread waiter() {
    return waiter;
  }
}
