package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * What a stream has said of the answer in it: whether one is open, has content, is whole.
 *
 * <p>Knows nothing of time. Written by the thread that delivers the bytes before it moves the
 * guard's state; read by the watchdog after it has read that state.
 */
public final class Answer {
  // There is one for each stream, and most events change nothing of it. A reference is stored only
  // where it is another one: in an object that has grown old, the collector's part in such a store
  // costs more than all the rest of a read.

  private boolean shown;
  private boolean open;

  /** How often an answer was opened, at most twice. */
  private byte answers;

  /**
   * How many answers have begun and not ended, as far as events tell that do not say of which
   * answer they are.
   */
  private byte begun;

  private boolean content;
  private boolean whole;

  /** Whether the answer's terminal event has come, and nothing of another answer. */
  private boolean over;

  private boolean ended;
  private boolean subscription;
  private boolean untold;
  private @Nullable String error;

  /** Whether the error came inside an answer, which no end makes whole any more. */
  private boolean failedInside;

  /** Whether the error is one of an answer. */
  private boolean failed;

  private Mark mark = Mark.NONE;

  /** An event came. All but heartbeats take back the mark of the one before. */
  public void happened(EventKind kind) {
    if (kind != EventKind.HEARTBEAT) {
      keeps(Mark.NONE, false);
    }
    if (kind == EventKind.CONTENT) {
      content = true;
    }
  }

  /** Bytes came in which no events can be told. */
  public void bytesOfNoFormat() {
    happened(EventKind.CONTENT);
    recovers();
  }

  /** A piece of an answer came: an error before it was a warning. */
  void recovers() {
    if (error != null) {
      error = null;
    }
  }

  /**
   * The end of an answer is coming. Behind an error an end makes nothing whole, unless the event is
   * a whole answer itself.
   *
   * @param hasPiece whether a piece of the answer came with it
   */
  void endsWith(boolean hasPiece) {
    if (hasPiece && !failedInside) {
      recovers();
    }
  }

  /**
   * An answer begins or goes on, in a dialect that promises to say when it is whole.
   *
   * @param isReply whether the stream is a reply for as long as it is not
   * @param begins whether it is one that nothing but its own end tells from others
   */
  void goesOn(boolean isReply, boolean begins) {
    // Behind a finish reason it takes the place of the one whose end has not come.
    boolean isAnother = begins && (begun == 0 || over || !whole);
    begun = (byte) Math.min(begun + (isAnother ? 1 : 0), Byte.MAX_VALUE);
    shown = true;
    whole = false;
    over = false;
    recovers();
    opens(isReply);
  }

  /** The event that came last makes the answer whole, and says nothing of those after it. */
  void becomesWhole() {
    shown = true;
    whole = true;
    over = false;
  }

  /**
   * The event that came last makes the answer whole; the terminal event is still to come.
   *
   * @param isEnd whether it is marked, on the path of its dialect at least
   */
  void finishes(Mark kind, boolean isEnd) {
    marks(kind, isEnd);
    becomesWhole();
  }

  /** The answer that has finished has no terminal event, or may have none. */
  public void closes() {
    open = false;
  }

  /**
   * The event that came last ends one of the answers that have begun. Where another has begun too,
   * that may go on, or have been given up for this one: nobody can tell.
   */
  void endsOne(Mark kind, boolean isEnd) {
    int others = begun - 1;
    if (others > 0) {
      becomesWhole();
      over = true;
    } else {
      ends(kind, isEnd);
    }
    begun = (byte) Math.max(others, 0);
  }

  /**
   * Something says that nothing follows, and not of what. Of several answers that have begun, and
   * not ended, it is one; behind the end of one it is that one.
   */
  public void isDone(Mark kind, boolean isEnd) {
    if (begun > 1) {
      endsOne(kind, isEnd);
    } else if (begun == 0 || !over) {
      ends(kind, isEnd);
    }
  }

  /** The event that came last ends the answer. */
  public void ends(Mark kind) {
    ends(kind, true);
  }

  /**
   * The event that came last ends the answer.
   *
   * @param isEnd whether it is marked, on the path of its dialect at least
   */
  void ends(Mark kind, boolean isEnd) {
    marks(kind, isEnd);
    begun = 0;
    open = false;
    whole = true;
    over = true;
  }

  /**
   * Marks the event. After an error the wait is the same everywhere, whatever its provider says
   * behind it.
   */
  private void marks(Mark kind, boolean isEnd) {
    boolean isError = error != null;
    keeps(isError && kind == Mark.NONE ? Mark.LONG : kind, isEnd || isError);
  }

  /**
   * The provider says that it failed. An answer that comes after it takes that back, an end does
   * not.
   *
   * @param name what kind of failure, fit to be shown
   * @param isOfAnswer whether what has failed is an answer; else it may be what was to be told
   * @param isEnd whether little may follow; else it is one event of a stream of events
   */
  public void fails(String name, boolean isReply, boolean isOfAnswer, boolean isEnd) {
    failedInside = error == null ? shown && !whole : failedInside;
    keeps(isEnd ? Mark.LONG : Mark.NONE, isEnd);
    error = name;
    failed = isOfAnswer;
    begun = 0;
    whole = true;
    opens(isReply);
  }

  /** The event that told of the error brought a piece of the answer as well. */
  void failsWithPiece() {
    content = true;
    failedInside = true;
  }

  /** The answer that has ended or failed was one of several; others go on. */
  void othersGoOn() {
    whole = false;
  }

  /** More answers come side by side than anybody can tell apart. */
  void losesTrack() {
    untold = true;
  }

  private void opens(boolean isReply) {
    if (isReply && !open) {
      open = true;
      answers = (byte) Math.min(answers + 1, 2);
    }
  }

  /** The stream says that it is no answer, but may be silent for ever. */
  public void subscribes() {
    subscription = true;
  }

  /** The event that came last changes nothing of what was said before. */
  void keeps(Mark before, boolean wasEnded) {
    if (mark != before) {
      mark = before;
    }
    ended = wasEnded;
  }

  /** Whether some answer has shown itself, in a dialect that has a terminal event. */
  boolean isShown() {
    return shown;
  }

  /** Whether other answers have begun, and not ended, beside one that nothing tells from them. */
  boolean isOneOfSeveral() {
    return begun > 1;
  }

  /** Whether any answer has begun, and not ended, that nothing tells from others. */
  public boolean hasBegun() {
    return begun > 0;
  }

  /** Whether the stream is inside an answer: its terminal event has not come. */
  public boolean isOpen() {
    return open;
  }

  /** Whether the stream is, or was, inside an answer, and inside that one only. */
  public boolean isOnlyOne() {
    return answers == 1;
  }

  /** Whether any piece of an answer has come. */
  public boolean hasContent() {
    return content;
  }

  /** Whether the answer that came last is known to be whole. */
  boolean isWhole() {
    return whole;
  }

  /** Whether the terminal event of that answer has come. */
  boolean isOver() {
    return over;
  }

  /** Whether the terminal event of that answer has come, and no error has come behind it. */
  public boolean isClosed() {
    return over && !open;
  }

  /** The mark of the last event that is no heartbeat: what it says of the events after it. */
  public Mark mark() {
    return mark;
  }

  /**
   * Whether the last event that is no heartbeat would be marked on a path of its own dialect. A
   * grace that an operator has set for all paths goes by that.
   */
  public boolean isEnded() {
    return ended;
  }

  /** Whether the stream has said that it is no answer, and may be silent for ever. */
  public boolean isSubscription() {
    return subscription;
  }

  /**
   * What kind of failure the provider has told last, if no answer came after it: type and code,
   * cleaned, at most 64 characters; never its text.
   */
  public @Nullable String error() {
    return error;
  }

  /** Whether the end of the body would come too early now. */
  public boolean isTruncated() {
    return shown && !whole && !untold;
  }

  /**
   * Whether the body, if it ended now, would leave an answer that is not whole: its end came too
   * early, or the provider has failed within it and says nothing more. An error alone is whole, and
   * so is an answer with an error behind it: nobody may take the error from who reads it.
   */
  public boolean isCutShort() {
    return isTruncated() || (failed && failedInside && content && error != null && !untold);
  }
}
