package io.stallguard.core.body;

/**
 * Where in a document pieces of an answer stand, and what a model made for a tool, while that is
 * read.
 */
public final class PiecePlace {
  // Depths of the outermost object or list of each kind, 0 outside. Bytes, as there is one of these
  // for each stream; deeper ones are none.

  private byte delta;
  private byte piece;
  private byte aside;
  private byte arguments;

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

  private static byte opens(byte before, boolean isOne, int inside) {
    return before == 0 && isOne && inside <= Byte.MAX_VALUE ? (byte) inside : before;
  }

  /** What is read next stands there. */
  public void closes(int now) {
    delta = closes(delta, now);
    piece = closes(piece, now);
    aside = closes(aside, now);
    arguments = closes(arguments, now);
  }

  private static byte closes(byte before, int now) {
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
