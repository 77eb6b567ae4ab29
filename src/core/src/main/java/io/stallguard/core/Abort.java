package io.stallguard.core;

/** Ends one exchange of one client, so that whoever waits for it is released. */
public interface Abort {
  /**
   * Decides whether a silence beyond its limit is a stall: at once, or, for clients that deliver on
   * a thread of their own, there. That thread then ends the exchange itself, so that nothing can
   * come between; {@link #abort} is called later all the same. Called by the watchdog; must not
   * block.
   *
   * @param guard the stream in question
   * @param decision to be answered once; until then the stream is not looked at again
   */
  default void decide(Guard guard, Decision decision) {
    decision.take();
  }

  /**
   * Whether a decision that was asked for may still be answered. If not, the watchdog answers it,
   * and {@link #abort} is left with all that there is to do. Called by the watchdog on each tick
   * while there is no answer; must not block.
   */
  default boolean canDecide() {
    return true;
  }

  /**
   * Ends the exchange: closes the connection of HTTP/1.1, resets the stream of HTTP/2. Called once,
   * on an abort thread; may block, and is then followed by {@link #escalate}.
   *
   * @param guard tells why, and makes the exception for the waiting reader
   * @throws Exception if the exchange cannot be ended in this way
   */
  void abort(Guard guard) throws Exception;

  /**
   * Ends it in a harder way, because {@link #abort} failed or has not returned in time. Called at
   * most once, on another thread than the abort that may still be running, or still wait to run.
   *
   * @param guard as for the abort
   * @throws Exception if that fails too
   */
  default void escalate(Guard guard) throws Exception {}
}
