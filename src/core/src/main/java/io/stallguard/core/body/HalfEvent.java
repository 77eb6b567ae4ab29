package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Whether the bytes of an unfinished event already show that it is no piece of an answer: that it
 * is a heartbeat, the repetition of an end, or what may follow one, whatever else comes of it.
 */
final class HalfEvent {
  /** How much of a word has to be there: less may be the begin of anything. */
  static final int LEAST = 2;

  private HalfEvent() {}

  /**
   * Whether the event can be no piece, by what has come of its data.
   *
   * @param shown what the stream has shown itself to be, null if nothing
   */
  static boolean isNoPiece(
      @Nullable Dialect shown, @Nullable ShownName name, Place place, Findings data) {
    return EventTitles.isNoPiece(name, data)
        || isBehindAnswer(shown, name, place)
        || isBehindAnswer(shown, data.type(), Place.NAME)
        || isBehindAnswer(shown, data.event(), Place.EVENT)
        || data.data().isEmpty(Key.CHOICES);
  }

  /** Whether the event can be no piece, by its name, while there is no data. */
  static boolean isNoPiece(@Nullable Dialect shown, ShownName name, Place place) {
    return name.isTerminal() || name.isHeartbeat() || isBehindAnswer(shown, name, place);
  }

  private static boolean isBehindAnswer(
      @Nullable Dialect shown, @Nullable ShownName name, Place place) {
    Meaning meaning = name == null ? null : name.meaning(place);
    return meaning != null && meaning.counts(shown) && meaning.isBehindAnswer();
  }

  /**
   * Whether the event may be a heartbeat by what has come of its name: no piece of a dialect has a
   * name that begins like these.
   */
  static boolean mayBeHeartbeat(@Nullable Dialect shown, byte[] name, int length) {
    if (shown == null || length < LEAST) {
      return false;
    }
    BeatWord word = new BeatWord();
    word.begin();
    for (int i = 0; i < length && word.isPossible(); i++) {
      word.next(name[i]);
    }
    return word.isPossible();
  }

  /**
   * Whether the event can be no piece, by what has come of data that is no JSON: no piece of a
   * dialect is like that.
   */
  static boolean isNoPiece(@Nullable Dialect shown, WholeData data) {
    return data.isEnd() || (shown != null && data.isPartOfWord());
  }
}
