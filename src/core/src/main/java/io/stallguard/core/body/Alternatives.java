package io.stallguard.core.body;

/**
 * Which of the answers that run side by side in a stream have shown themselves, and which of them
 * have finished: the choices of a chat, Gemini's candidates.
 */
public final class Alternatives {
  // Higher ones are no numbers of choices: some servers count the pieces there.
  private static final int HIGHEST = 15;
  private static final int UNKNOWN = -1;

  private int shown;
  private int finished;

  /** The same in the event that is being read. */
  private int shownNow;

  private int finishedNow;

  /** Whether one is being read, what its number is, and whether it has a finish reason. */
  private boolean isInside;

  private int index = UNKNOWN;
  private boolean hasReason;

  /** Whether the numbers that have come are those of choices. */
  private boolean areCounted = true;

  /** A new event begins. */
  void clear() {
    shownNow = 0;
    finishedNow = 0;
    isInside = false;
  }

  /** One of them begins in the event. */
  void begins() {
    isInside = true;
    index = UNKNOWN;
    hasReason = false;
  }

  /** The one that is being read has this number. */
  void hasIndex(int number) {
    index = number;
    areCounted &= number <= HIGHEST;
  }

  /** The event has a finish reason. */
  void finishes() {
    hasReason = true;
  }

  /** The one that is being read is over; without a number it is the only one. */
  void ends() {
    add(1 << Math.min(Math.max(index, 0), HIGHEST));
  }

  private void add(int bit) {
    shownNow |= bit;
    finishedNow |= hasReason ? bit : 0;
    isInside = false;
  }

  /**
   * Adds what the event has shown: what makes one of several whole does not make the others so.
   *
   * @param said what the event would say if there were one only
   * @param isAnother whether those before it are whole
   */
  public Saying said(Saying said, boolean isAnother) {
    boolean isWhole = said == Saying.FINISH || said == Saying.TOOL || said == Saying.END;
    return areOpenAfterEvent(isAnother) && isWhole ? Saying.PART : said;
  }

  private boolean areOpenAfterEvent(boolean isAnother) {
    if (isInside) {
      // The event was too long to be followed to its end.
      endsUnseen();
    }
    shown = shownNow | (isAnother ? 0 : shown);
    finished = finishedNow | (isAnother ? 0 : finished);
    return areCounted && shown > 1 && (shown & ~finished) != 0;
  }

  private void endsUnseen() {
    if (index == UNKNOWN) {
      finishedNow |= hasReason ? -1 : 0;
      isInside = false;
    } else {
      ends();
    }
  }
}
