package io.stallguard.core.body;

/**
 * Where in a document pieces of an answer stand, and what a model made for a tool, while that is
 * read.
 */
public final class PiecePlace {
  // Depths of the outermost object or list of each kind, 0 outside.

  private int delta;
  private int piece;
  private int aside;
  private int arguments;

  /** Another document begins. */
  public void clear() {
    delta = 0;
    piece = 0;
    aside = 0;
    arguments = 0;
  }

  /**
   * An object or a list is opened under this key.
   *
   * @param inside the depth of what it has
   */
  public void opens(Key key, int inside) {
    delta = opens(delta, key == Key.DELTA, inside);
    piece = opens(piece, key.isPlaceOfPieces(), inside);
    aside = opens(aside, key.isAside(), inside);
    arguments = opens(arguments, key.isArguments(), inside);
  }

  private static int opens(int before, boolean isOne, int inside) {
    return before == 0 && isOne ? inside : before;
  }

  /** What is read next stands there. */
  public void closes(int now) {
    delta = closes(delta, now);
    piece = closes(piece, now);
    aside = closes(aside, now);
    arguments = closes(arguments, now);
  }

  private static int closes(int before, int now) {
    return now < before ? 0 : before;
  }

  /** Whether what is read is a part of a delta. */
  public boolean isInDelta() {
    return delta != 0;
  }

  /** Whether what is read may be a piece of an answer. */
  public boolean isInPiece() {
    return piece != 0 && aside == 0;
  }

  /** Whether what is read was made for a tool, and may have any keys. */
  public boolean isInArguments() {
    return arguments != 0;
  }
}
