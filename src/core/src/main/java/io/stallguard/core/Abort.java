package io.stallguard.core;

/** Ends one exchange of one client, so that whoever waits for it is released. */
public interface Abort {
  /**
   * Whether a stall may be declared now. Asked by the watchdog when a limit is exceeded, and again
   * on each tick while the answer is no; must not block. For clients that can say only on a thread
   * of their own whether they are able to deliver, and whether the app still wants anything.
   *
   * @param guard the stream in question
   */
  default boolean isReady(Guard guard) {
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
