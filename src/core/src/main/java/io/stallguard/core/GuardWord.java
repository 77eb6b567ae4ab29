package io.stallguard.core;

/** The state of a guard and the begin of its silence in one {@code long}. */
final class GuardWord {
  // One word holds the state (low 3 bits) and the running time at which the silence under demand
  // began (the rest), so that one compare-and-set decides each race and a state that was left and
  // entered again is not taken for the old one.
  //
  //           awaiting                 limit exceeded (watchdog)
  //   IDLE ------------> AWAITING ---------------------------------> STALLED
  //    ^ <-------------     |  ^    |
  //    |    arrived         |  '----' buffered: the silence starts again
  //    |                    |
  //    |     arrived        v limit exceeded, mode observe (watchdog)
  //    '---------------- OBSERVED --mode becomes enforce (watchdog)--> AWAITING, the same silence
  //
  //   AWAITING --terminal event came, done-grace exceeded (watchdog)--> ENDED
  //
  //   IDLE, AWAITING, OBSERVED --finished--> FINISHED
  //
  // Only AWAITING can be tripped, so a stream that nobody waits for, or whose connection went back
  // to a pool, is out of reach. A reader enters AWAITING with an ordered store, not a
  // compare-and-set (5 ns less per read). From IDLE only two others move meanwhile:
  // - finished: the stream then looks awaited for ever, but its registry entry is cleared before
  //   anyone is told of the end, so the watchdog does not find it;
  // - another reader of the same stream: the later silence wins, which errs on the late side. Only
  //   if that one is tripped as well, a whole limit later and still between load and store, would
  //   this reader see the client's own exception.

  static final int IDLE = 0;
  static final int AWAITING = 1;
  static final int OBSERVED = 2;
  static final int STALLED = 3;
  static final int FINISHED = 4;
  static final int ENDED = 5;

  private static final int STATE_BITS = 3;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;

  private GuardWord() {}

  /** A word of this state, the silence having begun at this running time. */
  static long of(long sinceNanos, int state) {
    return sinceNanos << STATE_BITS | state;
  }

  static int stateOf(long word) {
    return (int) word & STATE_MASK;
  }

  /** Running time at which the silence under demand began. */
  static long sinceOf(long word) {
    return word >>> STATE_BITS;
  }

  /** The same silence, reported and left to go on. */
  static long observed(long word) {
    return of(sinceOf(word), OBSERVED);
  }

  /** The same silence as if it had not been reported yet. */
  static long unreported(long word) {
    return stateOf(word) == OBSERVED ? of(sinceOf(word), AWAITING) : word;
  }

  /** Whether the watchdog has decided: what comes now is not heard any more. */
  static boolean isDecided(long word) {
    int state = stateOf(word);
    return state == STALLED || state == ENDED;
  }

  /** Whether the app wants bytes now. */
  static boolean isWaiting(long word) {
    int state = stateOf(word);
    return state == AWAITING || state == OBSERVED;
  }
}
