package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/**
 * A silence that has exceeded its limit, and the question whether it is a stall. Answered once, by
 * any thread; the first answer counts.
 */
public final class Decision {
  private final StallListener listener;
  private final Guard guard;
  private final long word;
  private final Stall stall;
  private volatile @Nullable Verdict verdict;

  /**
   * Asks about a stream.
   *
   * @param word the state in which the guard was seen; from any other the answer is no
   */
  Decision(StallListener listener, Guard guard, long word, Stall stall) {
    this.listener = listener;
    this.guard = guard;
    this.word = word;
    this.stall = stall;
  }

  /**
   * It is one.
   *
   * @return whether the stream is over now: false if bytes came meanwhile or the app ceased to
   *     wait, and in mode observe
   */
  public boolean take() {
    Verdict answer = Verdict.PUT_OFF;
    try {
      answer = listener.stalled(guard, word, stall);
    } finally {
      verdict = answer;
    }
    return answer == Verdict.RELEASED;
  }

  /** It is none: nobody waits. After another answer this says nothing. */
  public void drop() {
    answer(Verdict.OVERTAKEN);
  }

  /** The client itself was kept from bringing anything until now: the silence begins anew. */
  public void heldUp() {
    answer(Verdict.HELD_UP);
  }

  private void answer(Verdict no) {
    if (verdict == null) {
      verdict = no;
    }
  }

  /** The answer, null while there is none. */
  @Nullable Verdict verdict() {
    return verdict;
  }

  Guard guard() {
    return guard;
  }

  Stall stall() {
    return stall;
  }
}
