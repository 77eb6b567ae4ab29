package io.stallguard.core;

/** The length of a silence, or of another time that a limit bounds, as it is told. Immutable. */
final class Silence {
  // A limit goes by the time that the JVM ran. People and their other tools go by the clock on the
  // wall: so that is what is told, and how much of it does not count.

  private final long ranNanos;
  private final long stoodStillNanos;

  private Silence(long ranNanos, long stoodStillNanos) {
    this.ranNanos = ranNanos;
    this.stoodStillNanos = stoodStillNanos;
  }

  /**
   * A silence that lasts, or ends now.
   *
   * @param sinceNanos running time at which it began
   */
  static Silence of(Guard guard, long sinceNanos, long nowNanos) {
    long ran = Math.max(0, nowNanos - sinceNanos);
    return new Silence(ran, guard.clock().stoodStillNanos(sinceNanos));
  }

  /** What counts for a limit. */
  long ranNanos() {
    return ranNanos;
  }

  /** For how long of it this JVM stood still. */
  long stoodStillNanos() {
    return stoodStillNanos;
  }

  /** By the clock on the wall. */
  long wallNanos() {
    return ranNanos + stoodStillNanos;
  }

  /** For people. */
  @Override
  public String toString() {
    String length = Durations.text(wallNanos());
    return stoodStillNanos == 0
        ? length
        : length + " (of which this JVM stood still for " + Durations.text(stoodStillNanos) + ")";
  }
}
