package io.stallguard.core.engine;

import io.stallguard.core.engine.Decision.Verdict;

/**
 * Gives the verdict on a silence beyond its limit, as its stream's mode says, and fixes it in the
 * stream's state: from then on nothing else can become of it. Any thread, which may be one of the
 * app's.
 */
final class Judge {
  private final InWork inWork;

  /**
   * Judges streams.
   *
   * @param inWork takes what has to be done once a stream is tripped
   */
  Judge(InWork inWork) {
    this.inWork = inWork;
  }

  /**
   * Judges one silence.
   *
   * @param word the state in which the stream was seen; from any other nothing is decided
   */
  Verdict verdict(Guard guard, long word, Stall stall) {
    if (Lifted.of(stall.limit(), guard) != stall.limit()) {
      // The breaker has opened since it was asked about.
      return Verdict.OVERTAKEN;
    }
    return stall.isByOperator() || guard.limits().areEnforced()
        ? enforce(guard, word, stall)
        : observe(guard, word, stall);
  }

  private Verdict enforce(Guard guard, long word, Stall stall) {
    Incident incident = inWork.prepared(guard, stall);
    if (!guard.trip(word, incident)) {
      return Verdict.OVERTAKEN;
    }
    // No step between the two may fail: a stream that is tripped and not in work hangs for ever.
    inWork.add(incident);
    return Verdict.TRIPPED;
  }

  private static Verdict observe(Guard guard, long word, Stall stall) {
    return isStill(guard, word, stall) ? Verdict.REPORTED : Verdict.OVERTAKEN;
  }

  /**
   * Whether the silence lasts. That a silence is reported is noted with it; that a stream is too
   * long its entry knows.
   */
  private static boolean isStill(Guard guard, long word, Stall stall) {
    if (!stall.isSilence()) {
      return guard.word() == word;
    }
    return stall.isOfEvents()
        ? guard.observeEvents(word)
        : guard.move(word, GuardWord.observed(word));
  }
}
