package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;
import java.util.concurrent.TimeUnit;

/** The length of a silence, or of another time that a limit bounds, for reports. Immutable. */
public final class Silence {
  // A limit goes by the time that the JVM ran. People and their other tools go by the clock on the
  // wall: so that is what is told, and how much of it does not count.

  /**
   * The shortest part that is told: what a verdict may be late anyhow is no part that anybody asks
   * for.
   */
  private static final long LEAST_TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long ranNanos;
  private final long heldUpNanos;
  private final long stoodStillNanos;

  private Silence(long ranNanos, long heldUpNanos, long stoodStillNanos) {
    this.ranNanos = ranNanos;
    this.heldUpNanos = heldUpNanos;
    this.stoodStillNanos = stoodStillNanos;
  }

  /**
   * A silence that lasts, or ends now.
   *
   * @param since running time at which it began
   */
  static Silence of(Guard guard, long since, long now) {
    return of(guard, since, since, now);
  }

  /**
   * A silence that lasts, or ends now, and of which the first part does not count.
   *
   * @param freeAt running time until which the app held the client up
   */
  static Silence of(Guard guard, long since, long freeAt, long now) {
    long heldUp = Math.max(0, freeAt - since);
    long ran = Math.max(0, now - since - heldUp);
    return new Silence(ran, heldUp, guard.clock().stoodStillNanos(since));
  }

  /** The part that counts for a limit. */
  public long ranNanos() {
    return ranNanos;
  }

  /** For how long of the silence the app kept the client from what it had to do. */
  public long heldUpNanos() {
    return heldUpNanos;
  }

  /** For how long of the silence this JVM stood still. */
  public long stoodStillNanos() {
    return stoodStillNanos;
  }

  /** The whole length, by the clock on the wall. */
  public long wallNanos() {
    return ranNanos + heldUpNanos + stoodStillNanos;
  }

  /** The length with its parts, for people. */
  @Override
  public String toString() {
    String parts = part("this JVM stood still", stoodStillNanos, 0);
    String heldUp = part("the app held the client up", heldUpNanos, LEAST_TOLD_NANOS);
    String both = parts.isEmpty() || heldUp.isEmpty() ? parts + heldUp : parts + ", " + heldUp;
    return Durations.text(wallNanos()) + (both.isEmpty() ? "" : " (of which " + both + ")");
  }

  private static String part(String what, long nanos, long leastNanos) {
    return nanos <= leastNanos ? "" : what + " for " + Durations.text(nanos);
  }
}
