package io.stallguard.core.body;

/**
 * Whether the current or the last turn asks for a tool, so that another turn may follow in the same
 * stream. Remembered until a piece of another answer comes.
 */
final class ToolWish {
  private boolean asked;

  /** Whether the reason for the turn's end was that a tool is to be run. */
  private boolean isReason;

  /** Whether the event that is being told asks for a tool, and whether by such a reason. */
  private boolean askedNow;

  private boolean isReasonNow;

  /**
   * An event is being told.
   *
   * @param asks whether it asks for a tool
   * @param byReason whether a finish reason in it does
   */
  void event(boolean asks, boolean byReason) {
    askedNow = asks;
    isReasonNow = asks && byReason;
  }

  /**
   * An answer goes on, or begins.
   *
   * @param isAnother whether it is another one than before
   */
  void goesOn(boolean isAnother) {
    asked = askedNow || (asked && !isAnother);
    isReason = isReasonNow || (isReason && !isAnother);
  }

  /**
   * The answer has said why it ends.
   *
   * @param byReason whether that is that a tool is to be run
   * @param isAgain whether it had ended before
   * @return whether it ends for a tool
   */
  boolean finishes(boolean byReason, boolean isAgain) {
    isReason = byReason || isReasonNow || (isReason && !isAgain);
    asked |= askedNow || isReason;
    return isReason;
  }

  /** The answer ends. */
  void ends() {
    asked |= askedNow;
  }

  /** Whether the turn asks for a tool, in its pieces or by its reason. */
  boolean isAsked() {
    return asked;
  }
}
