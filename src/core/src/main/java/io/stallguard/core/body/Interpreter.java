package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Finds out what each event of a stream means, and in which dialect the stream is. */
final class Interpreter {
  // Names and keys of dialects are words that others use too, and so are the ends of paths. So an
  // event shows a stream to be of a dialect if it says more than those words, or if one before it
  // has; on a path of the dialect the words are enough if nothing strange stands beside them.

  private final String path;

  /** What the stream has shown itself to be; null before it has. */
  private @Nullable Dialect dialect;

  /** Whether all that has shown what the stream is may be what others begin with as well. */
  private boolean greeted;

  /** The dialect of the event that was looked at last; null if of none. */
  private @Nullable Dialect speaker;

  /** What the event means that was looked at last. */
  private Saying saying = Saying.CONTENT;

  /** Whether a name says what the event means. */
  private boolean byName;

  /** Whether that name says that a tool is asked for. */
  private boolean namesTool;

  /** The choices of the events; null before any data that was looked into. */
  private @Nullable Alternatives choices;

  Interpreter(String path) {
    this.path = path;
  }

  /**
   * Finds out what an event means, and in which dialect.
   *
   * @param isAnother whether the answers before it are whole
   * @return whether it asks for a tool
   */
  boolean interpret(@Nullable ShownName name, Place place, Findings found, boolean isAnother) {
    EventData data = found.data();
    byName =
        interpretName(name, place, data)
            || interpretName(found.type(), Place.NAME, data)
            || interpretName(found.event(), Place.EVENT, data)
            || interpretName(found.eventType(), Place.EVENT_TYPE, data)
            || interpretName(found.method(), Place.METHOD, data);
    if (!byName) {
      interpretData(data, isAnother);
    }
    Dialect by = speaker;
    return by != null && ((byName && namesTool) || by.asksForTool(data));
  }

  private boolean interpretName(@Nullable ShownName name, Place place, EventData data) {
    Meaning meaning = meaning(name, place);
    Saying said = meaning == null ? null : said(meaning, data);
    if (meaning == null || said == null) {
      return false;
    }
    namesTool = meaning.asksForTool();
    spoke(meaning.dialect(), said);
    return true;
  }

  private @Nullable Saying said(Meaning meaning, EventData data) {
    if (isKnown(meaning) || isOwn(meaning, data)) {
      return meaning.saying();
    }
    boolean mayGreet = meaning.dialect().mayGreet(meaning.saying()) && !data.isStrange();
    return mayGreet ? Saying.GREETING : null;
  }

  /** Whether the name alone tells what such an event means. */
  private boolean isKnown(Meaning meaning) {
    Dialect of = meaning.dialect();
    boolean isEnough = !greeted || of.isEnoughBehindGreeting(meaning.saying());
    return (of == dialect && isEnough) || !of.hasNamesakes();
  }

  private boolean isOwn(Meaning meaning, EventData data) {
    return meaning.dialect().isOwnByName(meaning.saying(), data, path);
  }

  private void interpretData(EventData data, boolean isAnother) {
    Dialect shown = dialect;
    Saying said = shown == null ? null : shown.said(data);
    if (said == null) {
      shown = Dialects.ofData(data, path);
      said = shown == null ? null : shown.said(data);
    }
    if (said == null) {
      spoke(null, Saying.CONTENT);
    } else {
      spoke(shown, choices(data).said(said, isAnother));
    }
  }

  /** The choices of all events so far. */
  private Alternatives choices(EventData data) {
    Alternatives known = choices;
    if (known == null) {
      known = data.alternatives();
      choices = known;
    }
    return known;
  }

  /** Whether some of the choices that have come may still be open, and others have finished. */
  boolean maySomeBeOpen() {
    Alternatives known = choices;
    return known != null && known.maySomeBeOpen();
  }

  /**
   * What something says of the events after it that says that nothing follows.
   *
   * @param isFeed whether nothing is expected to end, as no answer has come, or more than one
   */
  Mark markOfDone(boolean isFeed, boolean asksForTool) {
    boolean isShown = dialect() != null;
    if (!Dialects.isKnownPath(path)) {
      return isFeed ? Mark.NONE : Mark.LONG;
    }
    return isShown && !asksForTool && !maySomeBeOpen() ? Mark.SHORT : Mark.LONG;
  }

  /** Whether some of the choices are open for certain, and others have finished. */
  boolean areSomeOpen() {
    Alternatives known = choices;
    return known != null && known.areSomeOpen();
  }

  /** Notes what an event means. Mostly that is what the event before did: see {@link Answer}. */
  private void spoke(@Nullable Dialect by, Saying what) {
    if (speaker != by) {
      speaker = by;
    }
    says(what);
  }

  /** What a name means where it stands, if it counts in this stream. */
  private @Nullable Meaning meaning(@Nullable ShownName name, Place place) {
    Meaning meaning = name == null ? null : name.meaning(place);
    return meaning != null && meaning.counts(dialect) ? meaning : null;
  }

  /** What the name alone says of an event, if it says enough; null if its data has to be seen. */
  @Nullable Saying known(ShownName name, Place place) {
    Meaning meaning = meaning(name, place);
    if (meaning == null || meaning.isLookedInto()) {
      return null;
    }
    return isKnown(meaning) ? meaning.saying() : null;
  }

  /** What the name means if the event is one of the dialect which has it; null if none has. */
  @Nullable Saying meant(ShownName name, Place place) {
    Meaning meaning = meaning(name, place);
    return meaning == null ? null : meaning.saying();
  }

  /** Takes what has begun as of the dialect of the events before it. */
  void speaksAsBefore() {
    spoke(dialect, saying);
  }

  /** Notes that the event shows what the stream is. */
  void shows() {
    Dialect by = speaker;
    boolean greets = saying == Saying.GREETING;
    if (by != null && !(greets && dialect() != null)) {
      if (dialect != by) {
        dialect = by;
      }
      greeted = greets;
    }
  }

  /** Whether the event tells of an error. */
  boolean hasError(Findings found) {
    Dialect by = speaker;
    return found.hasError()
        || (found.error().isNumber() && isOfProvider())
        || (by != null && by.hasFailed(found.data()));
  }

  /**
   * Whether the event may be one of an answer that follows another.
   *
   * @param isOver whether the terminal event of that has come
   */
  boolean isOfAnotherAnswer(boolean isOver) {
    Dialect by = speaker;
    boolean isPiece = saying.isOfAnswer() || (isOver && saying == Saying.HOLLOW);
    return by != null && by.isAnswer() && isPiece;
  }

  /** What the event says of those after it, as an end or the reason for one. */
  Mark mark(Saying how) {
    Dialect by = speaker;
    return by == null ? Mark.NONE : by.mark(how, path);
  }

  /**
   * Whether an end like this ends an answer at all; that of a call ends nothing for who subscribes.
   */
  boolean isEnd(Saying how, boolean isSubscription) {
    Dialect by = speaker;
    return by != null && by.isEnd(how) && (by.isAnswer() || !isSubscription);
  }

  /** Whether nothing may follow the event's reason for an end. */
  boolean endsWithReason() {
    Dialect by = speaker;
    return by != null && by.endsWithReason();
  }

  /** Whether the event has nothing in it that an answer of this dialect may go on with. */
  boolean isHollow(EventData data) {
    Dialect by = speaker;
    return by != null && by == dialect && by.isHollow(data);
  }

  /**
   * Whether the event makes the stream a reply. An error alone does not: others than providers have
   * such events too.
   */
  boolean isReply() {
    Dialect shown = dialect();
    return shown != null && shown.isAnswer();
  }

  /** Whether an answer of some provider is expected, or has come. */
  boolean isOfProvider() {
    return dialect() == null ? Dialects.isKnownPath(path) : isReply();
  }

  /** Whether the stream, or the event alone, has shown what it is, or the path says so. */
  boolean isKnown() {
    return speaker != null || dialect() != null || Dialects.isKnownPath(path);
  }

  /** What the stream has shown itself to be for certain; null before it has. */
  @Nullable Dialect dialect() {
    return greeted ? null : dialect;
  }

  @Nullable Dialect speaker() {
    return speaker;
  }

  Saying saying() {
    return saying;
  }

  /** Has the event mean something else, as seen from all that has come. */
  Saying says(Saying seen) {
    if (saying != seen) {
      saying = seen;
    }
    return seen;
  }

  /**
   * What an event is that ends the answer: a piece of it may come with the reason. One that is
   * known by its name may repeat the whole.
   */
  EventKind kindOfEnd(EventData data) {
    boolean isPiece =
        data.has(Key.CANDIDATES)
            || data.has(Key.MESSAGE)
            || data.has(Key.TOKEN)
            || data.isDeltaFilled()
            || (!byName && data.hasPiece());
    return isPiece && !data.isHollow() ? EventKind.CONTENT : EventKind.LIFECYCLE;
  }
}
