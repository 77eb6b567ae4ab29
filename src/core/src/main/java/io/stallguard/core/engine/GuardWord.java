package io.stallguard.core.engine;

/** The state of a guard and its silence in one {@code long}. Any thread. */
final class GuardWord {
  // One word holds the state (low 3 bits) and the running time at which the silence under demand
  // began (the rest), so that one compare-and-set decides each race and a state that was left and
  // entered again is not taken for the old one. Only time under demand counts: when a silence goes
  // on after a pause, its begin has moved on by the length of that.
  //
  //           awaiting                 limit exceeded (watchdog)
  //   IDLE ------------> AWAITING ---------------------------------> STALLED
  //    ^ <-------------     |  ^    |
  //    |    arrived         |  '----' buffered: the silence starts again
  //    |                    |
  //    |     arrived        v limit exceeded, mode observe (watchdog)
  //    '---------------- OBSERVED --mode becomes enforce (watchdog)--> AWAITING, the same silence
  //
  //             unserved, nothing came            arrived
  //   AWAITING ----------------------> PAUSED ----------------> IDLE
  //            <----------------------
  //             awaiting, the silence goes on     OBSERVED likewise, by PAUSED_OBSERVED
  //
  //   AWAITING --terminal event came, done-grace exceeded (watchdog)--> ENDED
  //
  //   IDLE, PAUSED, AWAITING, OBSERVED --completed, finished--> FINISHED
  //
  // satisfied goes where arrived goes, without bytes; but a silence that was reported it pauses, as
  // unserved does. src/docs/guard.md has all moves in a table.
  //
  // Only a stream that is waited for can be tripped: from AWAITING, and where an operator aborts it
  // also from OBSERVED. So a stream that nobody waits for, or whose connection went back to a pool,
  // is out of reach. A reader enters AWAITING from IDLE with an ordered store, not a
  // compare-and-set (5 ns less per read). From IDLE only two others move meanwhile:
  // - finished: the stream then looks awaited for ever, but its registry entry is cleared before
  //   anyone is told of the end, so the watchdog does not find it;
  // - another reader of the same stream: the later silence wins, which errs on the late side. Only
  //   if that one is tripped as well, a whole limit later and still between load and store, would
  //   this reader see the client's own exception.

  static final int IDLE = 0;
  static final int PAUSED = 1;
  static final int PAUSED_OBSERVED = 2;
  static final int AWAITING = 3;
  static final int OBSERVED = 4;
  static final int STALLED = 5;
  static final int FINISHED = 6;
  static final int ENDED = 7;

  private static final int STATE_BITS = 3;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;

  private GuardWord() {}

  /** A word of this state, the silence having begun at this running time. */
  static long of(long since, int state) {
    return since << STATE_BITS | state;
  }

  /** The word of a silence that begins at this running time, as somebody waits. */
  static long awaitedFrom(long since) {
    return of(since, AWAITING);
  }

  static int stateOf(long word) {
    return (int) word & STATE_MASK;
  }

  /** Running time at which the silence under demand began. */
  static long sinceOf(long word) {
    return word >>> STATE_BITS;
  }

  /** The word of a waiting state's silence once nobody waits any more, though nothing came. */
  static long paused(long word) {
    return of(sinceOf(word), stateOf(word) == OBSERVED ? PAUSED_OBSERVED : PAUSED);
  }

  /** The word of a paused silence that goes on with the next demand, as if it had begun then. */
  static long awaited(long word, long since) {
    return of(since, stateOf(word) == PAUSED_OBSERVED ? OBSERVED : AWAITING);
  }

  /** The word of this silence once it was reported and left to go on. */
  static long observed(long word) {
    return of(sinceOf(word), OBSERVED);
  }

  /** The word of this silence as if it had not been reported yet. */
  static long unreported(long word) {
    switch (stateOf(word)) {
      case OBSERVED:
        return of(sinceOf(word), AWAITING);
      case PAUSED_OBSERVED:
        return of(sinceOf(word), PAUSED);
      default:
        return word;
    }
  }

  /** Whether a silence has been reported that is not over. */
  static boolean isReported(long word) {
    int state = stateOf(word);
    return state == OBSERVED || state == PAUSED_OBSERVED;
  }

  /** Whether the watchdog has decided: what comes now is not heard any more. */
  static boolean isDecided(long word) {
    int state = stateOf(word);
    return state == STALLED || state == ENDED;
  }

  /** Whether somebody waits for bytes now. */
  static boolean isWaiting(long word) {
    int state = stateOf(word);
    return state == AWAITING || state == OBSERVED;
  }

  /** Whether nobody waits for bytes now, in a silence that goes on with the next demand. */
  static boolean isPaused(long word) {
    int state = stateOf(word);
    return state == PAUSED || state == PAUSED_OBSERVED;
  }

  /** Whether nobody waits, and the stream is open. */
  static boolean isUnawaited(long word) {
    return stateOf(word) < AWAITING;
  }

  /** Whether there is a silence that bytes would end. */
  static boolean isSilent(long word) {
    int state = stateOf(word);
    return state != IDLE && state < STALLED;
  }
}
