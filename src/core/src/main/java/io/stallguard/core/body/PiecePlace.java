package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Where in a document pieces of an answer stand, and what a model made for a tool, while that is
 * read.
 */
final class PiecePlace {
  // Depths of the outermost object or list of each kind, 0 outside. Bytes, as there is one of these
  // for each stream; deeper ones are none.

  private byte delta;
  private byte piece;
  private byte content;
  private byte aside;
  private byte arguments;

  /** The depth of what has a key that no part of an answer has, known or not. */
  private byte foreign;

  /**
   * The depth of what Spring AI has its metadata in, with the reason for an end: nobody else has.
   */
  private byte result;

  /** Another document begins. */
  void clear() {
    delta = 0;
    piece = 0;
    content = 0;
    aside = 0;
    arguments = 0;
    foreign = 0;
    result = 0;
  }

  /**
   * An object or a list is opened.
   *
   * @param key the key that it has, null if nobody knows it
   * @param inside the depth of what is in it
   * @param inObject whether it is opened in an object, and has a key
   */
  void opens(@Nullable Key key, int inside, boolean inObject) {
    if (key == null) {
      foreign = opens(foreign, inObject, inside);
    } else {
      opens(key, inside);
    }
  }

  private void opens(Key key, int inside) {
    foreign = opens(foreign, !isOfAnswer(key), inside);
    result = opens(result, key == Key.RESULT || key == Key.RESULTS, inside);
    delta = opens(delta, key == Key.DELTA, inside);
    piece = opens(piece, key.isPlaceOfPieces(), inside);
    content = opens(content, key == Key.CONTENT, inside);
    aside = opens(aside, key.isAside(), inside);
    arguments = opens(arguments, key.isArguments(), inside);
  }

  private boolean isOfAnswer(Key key) {
    return key == Key.METADATA ? result != 0 : key.isPlaceOfAnswer();
  }

  private static byte opens(byte before, boolean isOne, int inside) {
    return before == 0 && isOne && inside <= Byte.MAX_VALUE ? (byte) inside : before;
  }

  /** An object or list is closed: what is read next stands at this depth. */
  void closes(int now) {
    delta = closes(delta, now);
    piece = closes(piece, now);
    content = closes(content, now);
    aside = closes(aside, now);
    arguments = closes(arguments, now);
    foreign = closes(foreign, now);
    result = closes(result, now);
  }

  private static byte closes(byte before, int now) {
    return now < before ? 0 : before;
  }

  /**
   * Whether what is read under this key fills a delta. Its role does not, nor the type of a part of
   * its content.
   */
  boolean fillsDelta(int id) {
    if (delta == 0) {
      return false;
    }
    Key key = DataKeys.key(id);
    return key != Key.ROLE && (content == 0 || key != Key.TYPE);
  }

  /** Whether what is read may be a piece of an answer. */
  boolean isInPiece() {
    return piece != 0 && aside == 0;
  }

  /** Whether what is read is in something that is no part of an answer. */
  boolean isForeign() {
    return foreign != 0;
  }

  /** Whether what is read may say that the answer is whole. */
  boolean mayTellOfEnd() {
    return !isForeign();
  }

  /** Whether what is read was made for a tool, and may have any keys. */
  boolean isInArguments() {
    return arguments != 0;
  }
}
