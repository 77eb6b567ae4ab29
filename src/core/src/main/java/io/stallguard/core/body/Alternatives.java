package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Which of the answers that run side by side in a stream have shown themselves, and which of them
 * have finished: the choices of a chat, Gemini's candidates.
 */
final class Alternatives {
  // A bit for each of 32; those with higher numbers are the first ones of another set behind this
  // one, which is made when the first of them shows itself. So few streams have more than one.
  //
  // Some servers count the pieces where others have the number of a choice. Such a count never goes
  // back, but maybe to 0 with the last piece. So a number above 15 is one of a choice only where
  // another piece goes back behind it; of many choices that finish in turn, the second one does.

  private static final int IN_ONE_SET = Integer.SIZE;

  /**
   * The highest number that is followed: twice as many as OpenAI gives. Its bit is for all beyond,
   * too.
   */
  private static final int HIGHEST = 255;

  private static final int HIGHEST_FOR_CERTAIN = 15;
  private static final int UNKNOWN = -1;

  private int shown;
  private int finished;

  /** Which choices the event that is being read has shown. */
  private int shownNow;

  private int finishedNow;

  private @Nullable Alternatives higher;

  /** Whether a choice is being read, what its number is, and whether it has a finish reason. */
  private boolean isInside;

  private int index = UNKNOWN;
  private boolean hasReason;

  /** Whether a piece had a number below one that had come before. */
  private boolean goesBack;

  /** A new event begins. */
  void clear() {
    shownNow = 0;
    finishedNow = 0;
    isInside = false;
    if (higher != null) {
      higher.clear();
    }
  }

  /** A choice begins in the event. */
  void begins() {
    isInside = true;
    index = UNKNOWN;
    hasReason = false;
  }

  /** The choice that is being read has this number. */
  void hasIndex(int number) {
    index = number;
  }

  /** The event has a finish reason. */
  void finishes() {
    hasReason = true;
  }

  /** The choice that is being read is over; without a number it is the only one. */
  void ends() {
    shows(Math.min(Math.max(index, 0), HIGHEST), hasReason);
    isInside = false;
  }

  private void shows(int number, boolean isFinished) {
    if (number >= IN_ONE_SET) {
      higher().shows(number - IN_ONE_SET, isFinished);
    } else {
      shownNow |= 1 << number;
      finishedNow |= isFinished ? 1 << number : 0;
    }
  }

  private Alternatives higher() {
    Alternatives behind = higher;
    if (behind == null) {
      behind = new Alternatives();
      higher = behind;
    }
    return behind;
  }

  /**
   * Adds what the event has shown: what makes one of several whole does not make the others so.
   *
   * @param said what the event would say if there were one only
   * @param isAnother whether those before it are whole
   */
  Saying said(Saying said, boolean isAnother) {
    if (isInside) {
      // The event was not followed to its end.
      endsUnseen();
    }
    boolean begins = isAnother && !finishesOpen();
    goesBack = !begins && (goesBack || isBack(lowestNow()));
    add(begins);
    boolean isWhole = said == Saying.FINISH || said == Saying.TOOL || said == Saying.END;
    return isWhole && areOpen(highest()) ? Saying.PART : said;
  }

  private void endsUnseen() {
    if (index == UNKNOWN) {
      allFinish(hasReason ? -1 : 0);
      isInside = false;
    } else {
      ends();
    }
  }

  private void allFinish(int bits) {
    finishedNow |= bits;
    if (higher != null) {
      higher.allFinish(bits);
    }
  }

  /** Whether a choice that had begun before finishes with the event, which so begins nothing. */
  private boolean finishesOpen() {
    boolean isHere = (finishedNow & shown & ~finished) != 0;
    return isHere || (higher != null && higher.finishesOpen());
  }

  private boolean isBack(int lowest) {
    boolean mayBeTheLast = lowest == 0 && (finishedNow & 1) != 0;
    return lowest < highest() && !mayBeTheLast;
  }

  private void add(boolean begins) {
    shown = shownNow | (begins ? 0 : shown);
    finished = finishedNow | (begins ? 0 : finished);
    if (higher != null) {
      higher.add(begins);
    }
  }

  private boolean areOpen(int highest) {
    boolean areChoices = highest > 0 && (goesBack || highest <= HIGHEST_FOR_CERTAIN);
    return areChoices && areOpen();
  }

  /** Whether some choices have finished and others may not have; a count of pieces looks so too. */
  boolean maySomeBeOpen() {
    return areOpen() && haveAnyFinished();
  }

  /**
   * Whether some choices have finished and others have not: a piece has shown that they are no
   * count.
   */
  boolean areSomeOpen() {
    return goesBack && maySomeBeOpen();
  }

  private boolean haveAnyFinished() {
    return finished != 0 || (higher != null && higher.haveAnyFinished());
  }

  private boolean areOpen() {
    return (shown & ~finished) != 0 || (higher != null && higher.areOpen());
  }

  /** The lowest number in the event; beyond all if it has none. */
  private int lowestNow() {
    int lowest = Integer.numberOfTrailingZeros(shownNow);
    return lowest < IN_ONE_SET || higher == null ? lowest : IN_ONE_SET + higher.lowestNow();
  }

  /** The highest number that has come; -1 if none has. */
  private int highest() {
    int behind = higher == null ? UNKNOWN : higher.highest();
    return behind >= 0 ? IN_ONE_SET + behind : 31 - Integer.numberOfLeadingZeros(shown);
  }
}
