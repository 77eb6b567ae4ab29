package io.stallguard.core.engine;

import io.stallguard.core.wire.Holdup;
import io.stallguard.core.words.Phase;
import io.stallguard.core.words.SilenceEnd;

/**
 * Hears what the watchdog found and what was done about it, to count, record and report it. The
 * watchdog's thread, unless the method says any thread; while the JVM ends the notices that wait
 * are passed on by the thread that ends it.
 */
public interface WatchdogListener {
  /**
   * Runs a look at a wire off the watchdog, which the default, for tests, does not; throws if there
   * is no thread for it.
   */
  default void look(Runnable look) {
    look.run();
  }

  /** A look has found what nobody had fetched yet, and the verdict is put off. */
  default void foundWaiting() {}

  /** A stream is over by decision: its abort is on the way. */
  void tripped(Stall stall);

  /** A stall was found in mode observe, and its stream is left to go on. */
  void observed(Stall stall);

  /**
   * All is known of a stall that a report tells. Called again on each tick until the incident is
   * over.
   */
  default void settled(Incident incident) {}

  /** Nothing is left to be done about a stall; maybe told again on the next tick. */
  default void over(Incident incident) {}

  /** Nobody has answered for as long as the limit whether this is a stall. */
  default void unanswered(Stall stall, Holdup holdup, long waitedNanos) {}

  /** Counts a silence that was left to go on and is over; the rest is told later. Any thread. */
  default void count(SilenceEnd how) {}

  /** A silence that was left to go on is over. */
  void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how);

  /**
   * A silence of some length ended because bytes came, or the end.
   *
   * @param phase what was waited for
   */
  default void gap(StreamFacts stream, Silence silence, Phase phase) {}

  /**
   * A stream is over, not by decision.
   *
   * @param givenUp whether its end came too early, or did not and somebody had been waiting
   */
  default void over(StreamFacts stream, boolean givenUp) {}

  /** Counts a stream that ended without its terminal event; the rest is told later. Any thread. */
  default void countTruncated() {}

  /** Something was learned of a host, which this line says. */
  default void inform(String line) {}

  /** A stream ended without its terminal event. */
  void truncated(String message);

  /** So many gaps, ends and resumptions of streams could not be passed on. */
  default void leftOut(long notices) {}

  /**
   * The watchdog's thread dies of this, and another one goes on. Must neither allocate, nor throw,
   * nor wait.
   */
  default void died(Throwable cause) {}

  /** Gets ready, once there is a stream, what a stall takes that could not be had later. */
  default void prepare() {}

  /** A tick is over. */
  void tick();

  /** Whether the listener has work left, so that the ticks must go on. */
  boolean hasWork();

  /** Something failed, maybe for want of memory: must not allocate, throw or wait. Any thread. */
  void failed(Throwable failure);
}
