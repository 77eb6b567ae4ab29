package io.stallguard.core.engine;

import io.stallguard.core.words.Phase;
import io.stallguard.core.words.SilenceEnd;
import org.jspecify.annotations.Nullable;

/** Acts on what the watchdog found. Its thread, unless the method says any thread. */
public interface StallListener {
  /**
   * Decides what becomes of a limit that is exceeded. Any thread, which may be one of the app's.
   */
  Verdict stalled(Guard guard, long word, Stall stall);

  /** Runs a look at a wire, off the watchdog; throws if there is no thread for it. */
  default void look(Runnable look) {
    look.run();
  }

  /** A look has found what nobody had fetched yet, and the verdict is put off. */
  default void foundWaiting() {}

  /**
   * Does what follows from a decision.
   *
   * @param incident what becomes of a stall that was acted on; null of another verdict
   */
  void decided(Stall stall, Verdict verdict, @Nullable Incident incident);

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

  /** Looks after what is in work. */
  void tick();

  /** Whether something is in work, so that the ticks must go on. */
  boolean hasWork();

  /** Something failed, maybe for want of memory: must not allocate, throw or wait. Any thread. */
  void failed(Throwable failure);
}
