package io.stallguard.core.body;

import io.stallguard.core.words.Exchange;
import org.jspecify.annotations.Nullable;

/** Says of each event of a stream what it means, in the dialect that the stream shows itself in. */
final class Reading {
  // Strongest first: what the operator says; heartbeats and errors, which dialects share; what the
  // event's name means in a dialect; what its data does. Whatever nobody knows is content.

  private static final String ANY_ERROR = "error";

  /** Of so many pieces that come fast one is looked into, and those behind an empty one. */
  private static final int LOOKED_INTO = 256;

  private final EventTally events;
  private final Answer answer;
  private final boolean isSubscribed;
  private final boolean isMarked;

  private final Interpreter event;
  private final IdentifiedAnswers answers = new IdentifiedAnswers();

  /** Whether events can be asked for again: those of a call may then break off anywhere. */
  private boolean resumable;

  /** The lifecycle event that came last, if nothing but heartbeats came after it. */
  private @Nullable ShownName lastLifecycle;

  private int lastHash;

  private final ToolWish tool = new ToolWish();

  Reading(Exchange exchange, EventNames names, EventTally events) {
    this.events = events;
    this.answer = events.answer();
    this.event = new Interpreter(exchange.path());
    this.isSubscribed = exchange.isSubscription();
    this.isMarked = names.hasStandardTerminals();
  }

  /** What the name alone says of the event, if it says enough; null if its data has to be seen. */
  @Nullable Saying known(ShownName name, Place place) {
    Saying known = event.known(name, place);
    return known == Saying.CONTENT && looksIntoPieces() ? null : known;
  }

  /** What the name means if others do not have it too; null if nothing. */
  @Nullable Saying meant(ShownName name) {
    return event.meant(name, Place.NAME);
  }

  /** Whether it has to be looked at what is in a piece of the answer; mostly there is something. */
  boolean looksIntoPieces() {
    return !answer.hasContent() || events.progress() % LOOKED_INTO == 0 || events.isSlow();
  }

  /** What the stream has shown itself to be; null before it has. */
  @Nullable Dialect dialect() {
    return event.dialect();
  }

  /** The stream gives its events ids, so that those that were missed can be asked for. */
  void isResumable() {
    resumable = true;
  }

  /** Takes an event that says that the stream is alive, and nothing else. */
  void heartbeat(ShownName name) {
    events.happened(EventKind.HEARTBEAT, name);
  }

  /** Takes an event that is no JSON and has no name. */
  void content(ShownName name) {
    tell(EventKind.CONTENT, name);
    if (event.dialect() == null) {
      answer.recovers();
    }
  }

  /** Takes whole data that says, in whatever dialect, that nothing follows. */
  void done(ShownName name) {
    tell(EventKind.LIFECYCLE, name);
    if (!answers.isDoneOfOne() && !event.areSomeOpen()) {
      Mark mark = event.markOfDone(isSubscription() && !answer.isOnlyOne(), tool.isAsked());
      answer.isDone(isMarked ? mark : Mark.NONE, isMarked);
    }
  }

  /** Takes an event that the operator named as the end. */
  void operatorsEnd(ShownName name) {
    tell(EventKind.LIFECYCLE, name);
    answer.ends(Mark.SHORT);
  }

  /** Takes the word of a provider that has failed and says so beside the data. */
  void failed(ShownName name, String kind) {
    tell(EventKind.ERROR, name);
    fails(kind, false, true);
  }

  /**
   * Takes an event that is whole.
   *
   * @param name its name, null if it has none
   * @param byDefault the name to be shown then
   * @param hasData whether there is any
   */
  void event(
      @Nullable ShownName name, Place place, ShownName byDefault, DataScan scan, boolean hasData) {
    Findings found = scan.findings();
    ShownName shown = EventTitles.shown(name, byDefault, found);
    KeyItem item = found.item();
    if (EventTitles.isOperatorsEnd(name, found) || (item != null && item.isTerminal())) {
      operatorsEnd(shown);
    } else if (item != null || EventTitles.isHeartbeat(name, found)) {
      heartbeat(shown);
    } else {
      if (EventTitles.subscribes(name, found, events.progress() == 0)) {
        answer.subscribes();
      }
      interpret(name, place, found, answer.isWhole());
      apply(shown, scan, hasData);
    }
  }

  /**
   * The body has ended within an event: an answer that it is part of is not whole.
   *
   * @param isEnd whether its data may be what ends a stream
   */
  void brokenOff(@Nullable ShownName name, Place place, DataScan scan, boolean isEnd) {
    boolean behind = answer.isWhole();
    if (behind && (isEnd || EventTitles.isNoPiece(name, scan.findings()))) {
      return;
    }
    interpret(name, place, scan.findings(), behind);
    if (behind && event.speaker() == null && !scan.isEnded() && answer.isClosed()) {
      // Behind the terminal event nothing is expected but the begin of another answer.
      event.speaksAsBefore();
    }
    if (behind ? event.isOfAnotherAnswer(answer.isOver()) : event.saying() != Saying.GREETING) {
      goesOn();
    }
  }

  private void interpret(@Nullable ShownName name, Place place, Findings found, boolean behind) {
    boolean asks = event.interpret(name, place, found, behind);
    tool.event(asks, found.data().reason() == Reason.TOOL);
  }

  /** Takes a body that was one document: what says nothing of others to come is whole. */
  void isAlone(EventData data) {
    Dialect shown = event.dialect();
    if (shown != null && answer.isTruncated() && shown.isWholeAlone(data)) {
      answer.becomesWhole();
    }
  }

  private void apply(ShownName name, DataScan scan, boolean hasData) {
    EventData data = scan.data();
    Findings found = scan.findings();
    Saying saying = event.saying();
    boolean isNothing = !hasData || (event.speaker() == null && data.isEmptyObject());
    if (saying == Saying.ERROR || event.hasError(found) || EventTitles.isError(name, found)) {
      fails(name, scan);
      return;
    }
    saying = event.says(answers.said(event.speaker(), saying, data));
    if (answers.areLost()) {
      answer.losesTrack();
    }
    if (saying == Saying.REASON) {
      applyReason(name, data.reason());
    } else if (saying != Saying.END && isNothing) {
      heartbeat(name);
    } else {
      applyPlain(name, scan);
    }
  }

  private void fails(ShownName name, DataScan scan) {
    String kind = scan.findings().errorName();
    tell(EventKind.ERROR, name.isError() || event.speaker() != null ? name : ShownName.ERROR);
    event.shows();
    boolean othersGoOn = answers.fails(event.dialect(), scan.data().id());
    boolean isKnown = event.isKnown() || scan.findings().hasErrorOfProvider();
    fails(kind == null ? ANY_ERROR : kind, othersGoOn, isKnown);
    if (scan.data().hasPiece()) {
      answer.failsWithPiece();
    }
  }

  /** Takes an error: of a call it is the whole result, while feeds of nobody's may go on. */
  private void fails(String kind, boolean othersGoOn, boolean isKnown) {
    boolean isEnd = !othersGoOn && isKnown && (event.isReply() || !isSubscription());
    answer.fails(kind, event.isReply(), event.isOfProvider(), isEnd);
    if (othersGoOn) {
      answer.othersGoOn();
    }
  }

  private boolean isSubscription() {
    return isSubscribed || answer.isSubscription();
  }

  private void applyReason(ShownName name, Reason reason) {
    tell(EventKind.LIFECYCLE, name);
    event.shows();
    if (reason == Reason.NONE) {
      goesOnIfOpen();
    } else {
      finishes(reason == Reason.TOOL ? Saying.TOOL : Saying.FINISH);
    }
  }

  private void applyPlain(ShownName name, DataScan scan) {
    switch (event.saying()) {
      case HEARTBEAT:
        heartbeat(name);
        break;
      case GREETING:
        greeting(name);
        break;
      case START:
      case LIFECYCLE:
        boolean begins = event.saying() == Saying.START;
        lifecycle(name, scan.contentHash(), begins || !answer.isWhole());
        break;
      case HOLLOW:
        hollow(name, scan.data());
        break;
      case STEP:
        tell(EventKind.LIFECYCLE, name);
        goesOnIfOpen();
        break;
      case TRAILER:
        trailer(name, scan.data());
        break;
      case LAST:
        last(name);
        break;
      case END:
      case PART:
      case TOOL:
      case FINISH:
        tell(event.kindOfEnd(scan.data()), name);
        answer.endsWith(scan.data().hasPiece());
        applyEnd();
        break;
      default:
        piece(name, scan.data());
        break;
    }
  }

  private void greeting(ShownName name) {
    tell(EventKind.LIFECYCLE, name);
    event.shows();
  }

  private void last(ShownName name) {
    boolean whole = answer.isWhole();
    tell(EventKind.LIFECYCLE, name);
    ends(whole);
  }

  /** Takes a piece. Behind an error it takes that back if it is one of an answer for certain. */
  private void piece(ShownName name, EventData data) {
    Dialect by = event.speaker();
    if (by != null && by.isHollow(data)) {
      hollow(name, data);
      return;
    }
    tell(EventKind.CONTENT, name);
    if (answer.error() == null || by != null || event.dialect() == null) {
      answer.recovers();
      goesOn();
    }
  }

  /** Takes an event with nothing of an answer, but maybe the begin of one. */
  private void hollow(ShownName name, EventData data) {
    boolean isBehind = answer.isWhole() && answer.error() == null;
    if (isBehind && (data.has(Key.USAGE) || data.has(Key.USAGE_METADATA))) {
      trailer(name, data);
    } else if (isBehind ? !answer.isOver() : answer.error() != null) {
      lifecycle(name, 0, false);
    } else if (!isBehind && answer.isShown() && event.speaker() == event.dialect()) {
      heartbeat(name);
    } else {
      tell(EventKind.LIFECYCLE, name);
      goesOn();
    }
  }

  private void applyEnd() {
    if (event.saying() == Saying.END) {
      ends(true);
    } else if (event.saying() != Saying.PART) {
      finishes(event.saying());
    } else if (answer.error() == null) {
      goesOn();
    }
  }

  /** Takes a lifecycle event: one that repeats itself unchanged is a heartbeat. */
  private void lifecycle(ShownName name, int hash, boolean opens) {
    if (name == lastLifecycle && hash == lastHash) {
      heartbeat(name);
      return;
    }
    tell(EventKind.LIFECYCLE, name);
    lastLifecycle = name;
    lastHash = hash;
    if (opens) {
      goesOn();
    }
  }

  private void trailer(ShownName name, EventData data) {
    if (answer.isTruncated() && event.isHollow(data)) {
      heartbeat(name);
      return;
    }
    Mark before = answer.mark();
    boolean wasEnded = answer.isEnded();
    tell(EventKind.LIFECYCLE, name);
    answer.keeps(before, wasEnded);
  }

  /** Has an answer go on, unless it is whole: what is no piece does not open another. */
  private void goesOnIfOpen() {
    if (!answer.isWhole()) {
      goesOn();
    }
  }

  private void goesOn() {
    Dialect by = event.speaker();
    tool.goesOn(by != null && isOfAnother());
    event.shows();
    if (by != null && (by.isAnswer() || !(isSubscribed || resumable))) {
      answer.goesOn(by.isAnswer(), by.isStartOfAnother(event.saying()));
    }
  }

  /** Whether no answer goes on of which some event has said all, as far as can be told. */
  private boolean isOfAnother() {
    return answer.isWhole() && (event.saying() == Saying.START || !answer.hasBegun());
  }

  private void finishes(Saying how) {
    event.shows();
    boolean isForTool = tool.finishes(how == Saying.TOOL, answer.isWhole());
    if (isForTool || answer.isOneOfSeveral()) {
      answer.becomesWhole();
    } else {
      answer.finishes(mark(how), isEnd(how));
    }
    if (event.endsWithReason()) {
      answer.closes();
    }
  }

  private void ends(boolean whole) {
    event.shows();
    tool.ends();
    if (whole) {
      answer.endsOne(mark(Saying.END), isEnd(Saying.END));
    }
  }

  /** The mark of an end. Where a tool was asked for, the next turn may bring what that said. */
  private Mark mark(Saying how) {
    Mark mark = isMarked ? event.mark(how) : Mark.NONE;
    return mark == Mark.SHORT && tool.isAsked() ? Mark.LONG : mark;
  }

  private boolean isEnd(Saying how) {
    return isMarked && event.isEnd(how, isSubscription());
  }

  private void tell(EventKind kind, ShownName name) {
    lastLifecycle = null;
    events.happened(kind, name);
  }
}
