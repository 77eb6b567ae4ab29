package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Which of the answers that come side by side in one stream, told apart by an id, have begun and
 * not ended: what ends one of them does not end the others.
 */
final class IdentifiedAnswers {
  // Many servers write another id into each chunk, or change it once on the way, and mean one
  // answer. So an id that has come says nothing until it comes again after another one: from then
  // on each of them is an answer. An id that came several times in a row, and was left for another
  // without an end, may be one. Calls of JSON-RPC, and llama.cpp's completions, are never told
  // apart by anything else.
  //
  // Four are followed. Four ids that were left and never came back are none of answers.

  private static final int MOST = 4;
  private static final int NOWHERE = -1;

  // What is known of an answer, two bits each.
  private static final int ENDED = 0;

  /** The answer's id came in one event. */
  private static final int ONCE = 1;

  private static final int PERHAPS_OPEN = 2;
  private static final int OPEN = 3;

  private static final byte UNKNOWN = 0;

  /** The ids are not those of answers. */
  private static final byte MEANINGLESS = 1;

  /** The ids are those of answers. */
  private static final byte PROVEN = 2;

  /** The ids are those of answers, and there were more at a time than are followed. */
  private static final byte LOST = 3;

  // Fields, as an array would take as much memory again.
  private int first;
  private int second;
  private int third;
  private int fourth;
  private byte states;

  /** The place of the answer that the event before was of. */
  private byte current;

  /** What the stream's ids have shown of themselves. */
  private byte trust = UNKNOWN;

  /** Whether the event before said that nothing follows, and not of what. */
  private boolean wasDone;

  /**
   * What an event says of the stream as a whole.
   *
   * @param by its dialect, null if it is of none
   * @param said what it says of the answer that it is of
   */
  Saying said(@Nullable Dialect by, Saying said, EventData data) {
    int id = by == null ? 0 : by.id(data);
    if (by == null || id == 0 || trust == MEANINGLESS) {
      return said;
    }
    boolean certain = by.areIdsCertain();
    switch (said) {
      case START:
      case CONTENT:
      case PART:
        comes(id, certain ? OPEN : said == Saying.START ? PERHAPS_OPEN : ONCE);
        return said;
      case STEP:
        if (certain && by.isAnswer()) {
          comes(id, OPEN);
        }
        return said;
      case FINISH:
        return certain ? mayGoOn(id) : ends(id, said, false);
      case TOOL:
      case END:
        return ends(id, said, certain);
      default:
        return said;
    }
  }

  /** What an event says of a call that has told something which may be all. */
  private Saying mayGoOn(int id) {
    comes(id, OPEN);
    state(current, PERHAPS_OPEN);
    return isAny(OPEN) ? Saying.PART : Saying.FINISH;
  }

  private void comes(int id, int asNew) {
    wasDone = false;
    int place = place(id);
    if (place == NOWHERE) {
      begins(id, trust >= PROVEN ? OPEN : asNew);
    } else if (place != current) {
      comesAgain(place, asNew == OPEN);
    } else if (state(place) != OPEN) {
      state(place, trust >= PROVEN || asNew == OPEN ? OPEN : goesOn(place, asNew));
    }
  }

  private int goesOn(int place, int asNew) {
    return state(place) == ENDED ? asNew : PERHAPS_OPEN;
  }

  private void begins(int id, int state) {
    int place = free(state == OPEN);
    if (place != NOWHERE) {
      set(place, id);
      state(place, state);
      current = (byte) place;
    } else if (state == OPEN) {
      trust = LOST;
    } else {
      trust = MEANINGLESS;
    }
  }

  /**
   * A place at which no answer is followed that has begun; ids that came once are forgotten in
   * turn.
   */
  private int free(boolean areCertain) {
    for (int i = 1; i <= MOST; i++) {
      int place = (current + i) % MOST;
      if (state(place) == ENDED || (state(place) == ONCE && !areCertain)) {
        return place;
      }
    }
    return NOWHERE;
  }

  private void comesAgain(int place, boolean areCertain) {
    if (!areCertain) {
      proves();
    }
    state(place, OPEN);
    current = (byte) place;
  }

  private void proves() {
    trust = trust == LOST ? LOST : PROVEN;
    for (int i = 0; i < MOST; i++) {
      state(i, state(i) == ENDED ? ENDED : OPEN);
    }
  }

  private Saying ends(int id, Saying said, boolean certain) {
    int place = place(id);
    if (place == NOWHERE && !certain && trust < PROVEN) {
      // It changes with the end, as in servers that make one for each chunk.
      forget();
    }
    over(place, certain);
    if (isAny(OPEN)) {
      return Saying.PART;
    }
    return trust == LOST || isAny(PERHAPS_OPEN) ? Saying.TOOL : said;
  }

  private void over(int place, boolean certain) {
    if (place == NOWHERE) {
      return;
    }
    if (place != current && !certain) {
      proves();
    }
    state(place, ENDED);
    current = (byte) place;
    wasDone = false;
  }

  /** Follows none of those answers any more that are not certain to be open. */
  private void forget() {
    for (int i = 0; i < MOST; i++) {
      state(i, state(i) == OPEN ? OPEN : ENDED);
    }
  }

  /**
   * The answer with this id has failed.
   *
   * @param by its dialect, null if it is of none
   * @return whether others go on
   */
  boolean fails(@Nullable Dialect by, int id) {
    boolean isOfOne = by != null && by.hasIds() && id != 0 && trust != MEANINGLESS;
    if (isOfOne) {
      over(place(id), by != null && by.areIdsCertain());
    }
    return trust == LOST || (isOfOne && isAny(OPEN));
  }

  /**
   * Something says that nothing follows, and not of what. That is the stream, or of several answers
   * the one that the event before was of.
   *
   * @return whether others go on
   */
  boolean isDoneOfOne() {
    int place = state(current) == OPEN ? current : wasDone ? any(OPEN) : NOWHERE;
    if (trust < PROVEN) {
      forget();
    } else if (place != NOWHERE) {
      state(place, ENDED);
    }
    wasDone = true;
    return trust == LOST || isAny(OPEN);
  }

  /** Whether there were more answers at a time than are followed: nobody knows what has ended. */
  boolean areLost() {
    return trust == LOST;
  }

  private boolean isAny(int state) {
    return any(state) != NOWHERE;
  }

  private int any(int state) {
    for (int i = 0; i < MOST; i++) {
      if (state(i) == state) {
        return i;
      }
    }
    return NOWHERE;
  }

  private int state(int place) {
    return (states >>> (2 * place)) & 3;
  }

  private void state(int place, int state) {
    states = (byte) ((states & ~(3 << (2 * place))) | (state << (2 * place)));
  }

  private int place(int id) {
    return id == first ? 0 : id == second ? 1 : id == third ? 2 : id == fourth ? 3 : NOWHERE;
  }

  private void set(int place, int id) {
    switch (place) {
      case 0:
        first = id;
        break;
      case 1:
        second = id;
        break;
      case 2:
        third = id;
        break;
      default:
        fourth = id;
        break;
    }
  }
}
