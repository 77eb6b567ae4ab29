package io.stallguard.core.wire;

/**
 * Asks whether anything waits to be read for one exchange: in its socket, or behind a thread, an
 * executor or a consumer that has no time for it. What waits there is the app's lateness and not
 * the server's silence. Threads for looks, or the watchdog where the look is quick.
 */
public interface LastLook {
  /**
   * Asks the wire. Called on a thread for looks, which stands in for nothing else, so it may block;
   * the verdict then waits. Called by the watchdog where {@link #isQuick} says so, and then it must
   * not. Called again for each look, and where the last one was not answered for long; never by two
   * threads at once for one verdict.
   *
   * <p>Where several exchanges share a wire, what waits there may be another's. Such a look answers
   * that nothing waits once all that waited at the look before has been fetched.
   *
   * @param look to be answered once, now or later, by any thread
   * @throws Exception if it cannot be told, which counts as an error of ours. For the verdict it
   *     counts as nothing: what cannot be asked would put each verdict off for ever
   */
  void ask(Look look) throws Exception;

  /**
   * Whether {@link #ask} takes no longer than a call of the kernel, runs no code of the app and
   * waits for no lock that is held for longer. Then the watchdog calls it by itself: where cores
   * are busy each thread that has to have its turn makes a verdict later. Watchdog only.
   */
  default boolean isQuick() {
    return false;
  }
}
